import type { Instant } from '../../contract/time.ts';
import type { Check } from '../../model/incident.ts';
import type { Attempt } from '../../model/incident-state.ts';
import type { ActResult, Order } from '../../model/order.ts';

type Attempts = readonly Attempt[];

/** An order was begun; once, however often it is told. */
export const begin = (attempts: Attempts, order: Order, at: Instant): Attempts =>
  attempts.some((a) => a.order.id === order.id)
    ? attempts
    : [...attempts, { order, startedAt: at, result: null, resultAt: null, check: null }];

/**
 * An order has a result. A refused one changed nothing and is no attempt; an unknown result may be settled later, what is
 * done stays done.
 */
export function complete(attempts: Attempts, orderId: string, result: ActResult, at: Instant): Attempts {
  const isOpen = (a: Attempt): boolean => a.order.id === orderId && a.result?.kind !== 'done';
  if (result.kind === 'refused') return attempts.filter((a) => !isOpen(a));
  return attempts.map((a) => (isOpen(a) ? { ...a, result, resultAt: at } : a));
}

/** What came of it; the newest word counts. */
export const check = (attempts: Attempts, orderId: string, seen: Check): Attempts =>
  attempts.map((a) => (a.order.id === orderId ? { ...a, check: seen } : a));
