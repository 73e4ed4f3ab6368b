import type { Instant } from '../../../lambdas/contract/time.ts';
import type { RunRecord } from '../run-record.ts';
import { beginsRung, checksOf, inFlightUntil, spreading } from './acts-elsewhere.ts';
import { eachDeed, isRepeated, isWayBack } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** Over all services only so many acts are in flight: one at first, twice as many with each that helped, and one again after a failure. */
export const velocityLimit: Invariant = {
  name: 'velocity-limit',

  broken: (record) =>
    eachDeed(record, (deed) => {
      const { written, claimedAt, incident } = deed;
      if (written === undefined || claimedAt === null || !beginsRung(record, deed)) return undefined;
      const others = record.deeds.filter(
        (other) =>
          other.incident !== incident &&
          other.claimedAt !== null &&
          other.claimedAt < claimedAt &&
          inFlightUntil(record, other) > claimedAt,
      );
      const may = Math.min(paceBefore(record, claimedAt), written.order.settings.fleet.velocity.most);
      return others.length >= may
        ? `while ${others.length} acts on other services were in flight and ${may} might be`
        : undefined;
    }),
};

/** The pace at that time; of a failure just before it nobody need have heard. */
function paceBefore(record: RunRecord, at: Instant): number {
  const checks = record.deeds
    .filter((deed) => !isWayBack(deed) && !isRepeated(deed))
    .flatMap((deed) => checksOf(record, deed).slice(0, 1))
    // What ECS took back says nothing.
    .filter(({ check }) => check !== 'came-back')
    .sort((a, b) => a.at - b.at);
  let pace = 1;
  for (const { check, at: checkedAt } of checks) {
    if (check === 'helped' && checkedAt <= at) pace *= 2;
    if (check !== 'helped' && checkedAt <= at - spreading) pace = 1;
  }
  return pace;
}
