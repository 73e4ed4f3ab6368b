import { takesTraffic, targetKey } from '../contract/targets.ts';
import { after } from '../contract/time.ts';
import type { Standing } from '../model/facts.ts';
import type { ActResult, Order } from '../model/order.ts';
import type { Proposal } from '../model/proposal.ts';
import type { Planner } from './toolkit.ts';

/** An answer that was lost is found by looking, never by asking again. `undefined` while the change may still be made. */
export function settleOrder({ confirm, drift }: Planner, order: Order, standing: Standing): ActResult | undefined {
  const { proposal, expiresAt, settings } = order;
  const seen = confirm(proposal, standing);
  if (seen !== undefined) {
    const left = drift?.(proposal, standing);
    const receipt = { kind: 'changed', at: standing.at, seen, ...(left === undefined ? {} : { drift: left }) } as const;
    return { kind: 'done', receipt };
  }
  if (isBackAlready(proposal, standing))
    return {
      kind: 'done',
      receipt: { kind: 'changed', at: standing.at, seen: 'taken out, and registered again since' },
    };
  // Until the order has expired, and its function with it, the change may still be made.
  if (standing.at <= after(expiresAt, settings.timing.lap)) return undefined;
  if (isPartlyOut(proposal, standing)) {
    // Half a change is one to be checked and taken back, not one that was never made.
    const receipt = { kind: 'changed', at: standing.at, seen: 'out of some of its target groups only' } as const;
    return { kind: 'done', receipt };
  }
  const says = 'The order expired and its change is nowhere to be seen: it was never made.';
  return { kind: 'refused', reason: 'order.expired', says };
}

/** A target that is being registered was taken out before: one that is taken out serves. */
function isBackAlready({ kind, subject }: Proposal, { targets }: Standing): boolean {
  if (kind !== 'deregister-target' || !('targets' in subject)) return false;
  const taken = new Set(subject.targets.map(targetKey));
  const states = targets.filter(({ target }) => taken.has(targetKey(target))).map(({ state }) => state);
  return states.includes('initial') && states.every((state) => state === 'initial' || !takesTraffic(state));
}

/** Was a task taken out of some of its target groups, and not of the others? */
function isPartlyOut({ kind, subject }: Proposal, { targets }: Standing): boolean {
  if (kind !== 'deregister-target' || !('targets' in subject)) return false;
  const serving = targets.filter((fact) => takesTraffic(fact.state)).map(({ target }) => targetKey(target));
  return subject.targets.some((target) => !serving.includes(targetKey(target)));
}
