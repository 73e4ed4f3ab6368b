import type { Freeze } from '../../contract/settings.ts';
import { type Instant, inMillis } from '../../contract/time.ts';
import type { Guardrail } from './guardrail.ts';
import { allow, deny } from './verdicts.ts';

/** In the times the configuration names nothing is changed. */
export const changeFreeze: Guardrail = {
  name: 'change-freeze',

  check(_proposal, { settings, standing }) {
    const [longest] = settings.freezes
      .map((freeze) => ({ why: freeze.why, until: frozenUntil(freeze, standing.at) }))
      .filter((freeze): freeze is { why: string; until: Instant } => freeze.until !== null)
      .toSorted((a, b) => b.until - a.until);
    return longest === undefined
      ? allow
      : deny('change.frozen', `Nothing is changed until ${inUtc(longest.until)}: ${longest.why}`);
  },
};

const day = 86_400_000;
const week = 7 * day;
/** The epoch was a Thursday. */
const sundayBeforeEpoch = -4 * day;

/** When the freeze that holds at that time ends; null when it does not hold. Its end is not part of it. */
export function frozenUntil(freeze: Freeze, at: Instant): Instant | null {
  const { from, until } = 'from' in freeze ? freeze : occurrence(freeze, at);
  return at >= from && at < until ? until : null;
}

/** The latest weekly one that has begun. UTC knows no summer time. */
function occurrence(
  { weekday, minute, lasts }: Extract<Freeze, { readonly weekday: number }>,
  at: Instant,
): { readonly from: Instant; readonly until: Instant } {
  const first = sundayBeforeEpoch + weekday * day + minute * 60_000;
  const from = first + Math.floor((at - first) / week) * week;
  return { from, until: from + inMillis(lasts) };
}

/** `2026-01-05 16:00 UTC`. */
const inUtc = (at: Instant): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
