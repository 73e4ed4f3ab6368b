import type { ActionKind } from '../../lambdas/contract/names.ts';
import type { Mode } from '../../lambdas/contract/settings.ts';
import type { Order } from '../../lambdas/model/order.ts';
import type { Recheck } from '../../lambdas/model/proposal.ts';
import type { Action } from '../../lambdas/pipeline/act/action.ts';
import type { Guardrail } from '../../lambdas/pipeline/guard/guardrail.ts';
import type { Planner, Toolkit } from '../../lambdas/pipeline/toolkit.ts';
import type { ActionPorts } from '../../lambdas/ports/ports.ts';
import type { ClaimCondition } from './adapters/ledger-answers.ts';

/** What keeps Paramedic safe beside the guardrails, most of it between an order and its change; a simulation may leave one out to see what it is worth. */
export const safeguards = [
  /** The look at the world right before the change. */
  'recheck',
  /** The guardrails in the action's own function. */
  'last-guard',
  /** The wait until a task that was taken out has drained, and the look whether it has been registered again. */
  'draining',
  'came-back',
  'order-expiry',
  /** The look into the ledger for the approval, and at the world it was given for. */
  'approval',
  /** Conditions of the claim: nobody has paused, the incident still owns its service, the order was not begun before, */
  'claim-pause',
  'claim-fence',
  'claim-once',
  /** And no other act on the service is in flight: then it is neither changed nor freed. */
  'claim-settled',
  /** What is turned down without an answer must be pending: whatever was begun may be done. */
  'withdraw-pending',
  /** The look for what nobody told of, once a minute. */
  'sweep',
] as const;
export type Safeguard = (typeof safeguards)[number];

export const isSafeguard = (name: string): name is Safeguard => (safeguards as readonly string[]).includes(name);

/** The action without its recheck, or what it looks for, if that is what is left out. */
export const actionWithout = <K extends ActionKind>(missing: Safeguard | null, action: Action<K>): Action<K> => ({
  ...action,
  recheck: (...asked) => {
    const found = missing === 'recheck' ? go : action.recheck(...asked);
    return isOverlooked(missing, found) ? go : found;
  },
});

/** The same for the planners of a workflow, which looks too before it orders. */
export const toolkitWithoutWait = (missing: Safeguard, toolkit: Toolkit): Toolkit =>
  missing === 'draining'
    ? { ...toolkit, planners: { ...toolkit.planners, 'replace-task': overlooking(toolkit.planners['replace-task']) } }
    : toolkit;

const overlooking = (planner: Planner): Planner => ({
  ...planner,
  recheck: (...asked) => {
    const found = planner.recheck(...asked);
    return isOverlooked('draining', found) ? go : found;
  },
});

const go: Recheck = { kind: 'go' };

const isOverlooked = (missing: Safeguard | null, found: Recheck): boolean =>
  (missing === 'draining' && found.kind === 'later') ||
  (missing === 'came-back' && found.kind === 'changed' && found.reason === 'target.came-back');

export const guardrailsWithout = (missing: Safeguard | null, all: readonly Guardrail[]): readonly Guardrail[] =>
  missing === 'last-guard' ? [] : all;

/** Ports through which orders never expire or need no approval, if that is what is left out. */
export function portsWithout<K extends ActionKind>(missing: Safeguard | null, ports: ActionPorts<K>): ActionPorts<K> {
  if (missing !== 'order-expiry' && missing !== 'approval') return ports;
  const { ledger } = ports;
  return {
    ...ports,
    ledger: {
      ...ledger,
      order: async (ref) => {
        const order = await ledger.order(ref);
        if (missing === 'approval') return order && unasked(order);
        return order && { ...order, expiresAt: Number.MAX_SAFE_INTEGER };
      },
    },
  };
}

/** The order as if nobody had to be asked for it. */
function unasked<K extends ActionKind>({ approval: _, ...order }: Order<K>): Order<K> {
  const { settings } = order;
  const bold = (mode: Mode): Mode => (mode === 'approve' ? 'automatic' : mode);
  const actionModes = Object.fromEntries(
    Object.entries(settings.actionModes).map(([kind, mode]) => [kind, bold(mode)]),
  );
  return { ...order, settings: { ...settings, mode: bold(settings.mode), actionModes } };
}

const claimConditions = {
  'claim-pause': 'pause',
  'claim-fence': 'fence',
  'claim-once': 'once',
  'claim-settled': 'settled',
  'withdraw-pending': 'pending',
} as const;

/** The condition of a claim, or of turning an order down, that is left out, if it is one. */
export const claimConditionIn = (missing: Safeguard | null): ClaimCondition | null =>
  missing !== null && missing in claimConditions ? claimConditions[missing as keyof typeof claimConditions] : null;
