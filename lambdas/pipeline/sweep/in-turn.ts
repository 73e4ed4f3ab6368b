import { type Instant, metricMinute } from '../../contract/time.ts';

/** `most` of the list, others every minute, until all have had their turn and it begins anew. */
export function inTurn<T>(list: readonly T[], most: number, at: Instant): readonly T[] {
  if (list.length <= most) return list;
  const first = (Math.floor(at / metricMinute) * most) % list.length;
  return [...list.slice(first), ...list.slice(0, first)].slice(0, most);
}
