import type { Limits } from '../../contract/settings.ts';
import { type Instant, inMillis } from '../../contract/time.ts';
import type { History } from '../../model/incident-state.ts';

/**
 * Until when an act is banned that was undone at those times, oldest first; null when it is not. Each time adds one to the
 * length, each full stretch without an open incident takes one off.
 */
export function banUntil(undone: readonly Instant[], { ban, incidents, now }: BanFacts): Instant | null {
  const [first, most, decay] = [inMillis(ban.first), inMillis(ban.most), Math.max(1, inMillis(ban.decayEvery))];
  const decayed = (level: number, from: Instant, until: Instant): number =>
    Math.max(0, level - Math.floor(healthyTime(incidents, from, until) / decay));
  let level = 0;
  let last: Instant | undefined;
  for (const at of undone) {
    level = (last === undefined ? 0 : decayed(level, last, at)) + 1;
    last = at;
  }
  if (last === undefined) return null;
  const length = Math.min(most, first * decayed(level, last, now));
  return last + length > now ? last + length : null;
}

type BanFacts = {
  readonly ban: Limits['ban'];
  readonly incidents: History['incidents'];
  readonly now: Instant;
};

/** How much of the time no incident of the service was open, in ms. */
function healthyTime(incidents: History['incidents'], from: Instant, until: Instant): number {
  let [healthy, at] = [0, from];
  for (const { openedAt, closedAt } of incidents.toSorted((a, b) => a.openedAt - b.openedAt)) {
    healthy += Math.max(0, Math.min(openedAt, until) - at);
    at = Math.max(at, closedAt ?? until);
  }
  return healthy + Math.max(0, until - at);
}
