import type { ActionKind } from '../../lambdas/contract/names.ts';
import type { Mode } from '../../lambdas/contract/settings.ts';
import type { Order } from '../../lambdas/model/order.ts';
import type { Action } from '../../lambdas/pipeline/act/action.ts';
import type { Guardrail } from '../../lambdas/pipeline/guard/guardrail.ts';
import type { ActionPorts } from '../../lambdas/ports/ports.ts';
import type { ClaimCondition } from './adapters/ledger-answers.ts';

/** What keeps Paramedic safe beside the guardrails, most of it between an order and its change; a simulation may leave one out to see what it is worth. */
export const safeguards = [
  /** The look at the world right before the change. */
  'recheck',
  /** The guardrails in the action's own function. */
  'last-guard',
  'order-expiry',
  /** The look into the ledger for the approval, and at the world it was given for. */
  'approval',
  /** Conditions of the claim: nobody has paused, the incident still owns its service, the order was not begun before, */
  'claim-pause',
  'claim-fence',
  'claim-once',
  /** And no other act on the service is in flight: then it is neither changed nor freed. */
  'claim-settled',
  /** The look for what nobody told of, once a minute. */
  'sweep',
] as const;
export type Safeguard = (typeof safeguards)[number];

export const isSafeguard = (name: string): name is Safeguard => (safeguards as readonly string[]).includes(name);

/** The action without its recheck, if that is what is left out. */
export const actionWithout = <K extends ActionKind>(missing: Safeguard | null, action: Action<K>): Action<K> =>
  missing === 'recheck' ? { ...action, recheck: () => ({ kind: 'go' }) } : action;

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
} as const;

/** The condition of a claim that is left out, if it is one. */
export const claimConditionIn = (missing: Safeguard | null): ClaimCondition | null =>
  missing !== null && missing in claimConditions ? claimConditions[missing as keyof typeof claimConditions] : null;
