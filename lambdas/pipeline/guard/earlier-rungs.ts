import type { Instant } from '../../contract/time.ts';
import type { GuardFacts } from './guardrail.ts';

/** One rung of an earlier incident of the service; `at` is its latest act. */
export type EarlierRung = { readonly incident: string; readonly rung: string; readonly at: Instant };

/**
 * Rungs that changed something, or may have, in earlier incidents. This incident's own acts follow its ladder, ways back are
 * free, and refused orders were no acts.
 */
export function earlierRungs({ history, incidentId }: GuardFacts): readonly EarlierRung[] {
  const rungs = new Map<string, EarlierRung>();
  for (const { incident, order, at, result } of history.acts) {
    if (incident === incidentId || order.undoes !== null || result?.kind === 'refused') continue;
    const key = `${incident}|${order.rung}`;
    rungs.set(key, { incident, rung: order.rung, at: Math.max(at, rungs.get(key)?.at ?? at) });
  }
  return [...rungs.values()];
}
