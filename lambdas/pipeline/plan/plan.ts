import type { ActionKind } from '../../contract/names.ts';
import { shortName } from '../../contract/short-name.ts';
import type { Diagnosis, SickTask } from '../../model/diagnosis.ts';
import type { NotApplicable, Plan, Proposal, Rung } from '../../model/proposal.ts';
import { type Playbook, playbook as standard } from './playbook.ts';

/** How planning asks an action what it would do; `focus` is the sick task of the rung, null for rungs on the service. */
export type Propose = (kind: ActionKind, focus: SickTask | null) => Proposal | NotApplicable;

/** The rungs for a diagnosis, least invasive first; none where only a person can help. */
export function plan(diagnosis: Diagnosis, propose: Propose, playbook: Playbook = standard): Plan {
  const { rungs, treats } = playbook[diagnosis.kind];
  const focus = treats === 'one-task' ? worst(diagnosis) : null;
  if (treats === 'one-task' && focus === null) return [];
  return rungs.map((kinds, i) => ({
    key: rungKey(diagnosis, focus, i),
    acts: kinds.map((kind) => ask(kind, focus, propose)),
  }));
}

const worst = (diagnosis: Diagnosis): SickTask | null =>
  diagnosis.kind === 'sick-target' ? (diagnosis.sick[0] ?? null) : null;

/**
 * The same for the same trouble, however often it is diagnosed. A rung on the service does not name its cause: when it did
 * not help once in an incident, a person is next, even if another release is suspected then.
 */
const rungKey = (diagnosis: Diagnosis, focus: SickTask | null, rung: number): string =>
  `${diagnosis.kind}|${focus === null ? 'service' : shortName(focus.task)}|${rung}`;

function ask(kind: ActionKind, focus: SickTask | null, propose: Propose): Rung['acts'][number] {
  const answer = propose(kind, focus);
  return answer.kind === 'not-applicable' ? { ...answer, action: kind } : answer;
}

/** A rung that can't be begun, and why; named in the hand-over. */
export type SkippedRung = { readonly rung: string; readonly action: ActionKind } & NotApplicable;

export type NextRung = {
  /** The first rung not yet tried whose first act applies; undefined when a person is next. */
  readonly rung: Rung | undefined;
  /** Untried rungs above it whose first act does not apply. */
  readonly skipped: readonly SkippedRung[];
};

/** Where to go on the ladder. A later act that does not apply does not keep a rung from being tried. */
export function nextRung(plan: Plan, tried: readonly string[]): NextRung {
  const skipped: SkippedRung[] = [];
  for (const rung of plan.filter(({ key }) => !tried.includes(key))) {
    const [first] = rung.acts;
    if (first === undefined) continue;
    if (first.kind !== 'not-applicable') return { rung, skipped };
    skipped.push({ ...first, rung: rung.key });
  }
  return { rung: undefined, skipped };
}
