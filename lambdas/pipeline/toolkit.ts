import type { ActionKind } from '../contract/names.ts';
import type { NotApplicable, Proposal } from '../model/proposal.ts';
import type { Action } from './act/action.ts';
import { actions } from './act/actions.ts';
import { hypotheses } from './diagnose/hypotheses.ts';
import type { Hypothesis } from './diagnose/hypothesis.ts';
import type { Guardrail } from './guard/guardrail.ts';
import { guardrails } from './guard/guardrails.ts';

/** The pure half of an action, as deciding sees it; every action has it. */
export type Planner = Pick<Action<ActionKind>, 'kind' | 'propose' | 'recheck' | 'confirm' | 'drift' | 'undo'>;

/** What an incident is treated with. Deployed functions use all of it; a simulation may leave one out to see what it is worth. */
export type Toolkit = {
  readonly hypotheses: readonly Hypothesis[];
  readonly guardrails: readonly Guardrail[];
  readonly planners: Readonly<Record<ActionKind, Planner>>;
  readonly handsOver: boolean;
};

export const toolkit: Toolkit = { hypotheses, guardrails, planners: actions, handsOver: true };

/** Everything that can be left out, by name. */
export const toolkitNames: readonly string[] = [
  ...hypotheses.map((each) => each.kind),
  ...guardrails.map((each) => each.name),
  ...Object.keys(actions),
  'hand-over',
];

/** The toolkit without one hypothesis, guardrail or action; `undefined` when there is none of that name. */
export function toolkitWithout(name: string): Toolkit | undefined {
  if (!toolkitNames.includes(name)) return undefined;
  return {
    hypotheses: hypotheses.filter((each) => each.kind !== name),
    guardrails: guardrails.filter((each) => each.name !== name),
    planners: plannersWithout(name),
    handsOver: name !== 'hand-over',
  };
}

/** No action proposes the one left out, neither as itself nor as its way back. */
function plannersWithout(name: string): Toolkit['planners'] {
  const unless = (proposal: Proposal | NotApplicable): Proposal | NotApplicable =>
    proposal.kind === name
      ? { kind: 'not-applicable', reason: 'plan.exhausted', because: `${name} was left out of this run.` }
      : proposal;
  const limited = (planner: Planner): Planner => ({
    ...planner,
    propose: (...asked) => unless(planner.propose(...asked)),
    undo: (...asked) => unless(planner.undo(...asked)),
  });
  return {
    'deregister-target': limited(actions['deregister-target']),
    'register-target': limited(actions['register-target']),
    'replace-task': limited(actions['replace-task']),
    'restart-service': limited(actions['restart-service']),
    'roll-back-deployment': limited(actions['roll-back-deployment']),
    'roll-forward-deployment': limited(actions['roll-forward-deployment']),
  };
}
