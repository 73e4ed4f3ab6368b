import { type Instant, inMillis } from '../../../lambdas/contract/time.ts';
import type { KeptIncident } from '../adapters/ledger-store.ts';
import type { Deed } from '../deed.ts';
import type { RunRecord } from '../run-record.ts';
import { beginsRung } from './acts-elsewhere.ts';
import { eachDeed } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/**
 * Nothing new is begun on a service whose trouble is not its own: too many fell sick with it, or one it shares a load balancer
 * with, or what it depends on, or a neighbour was treated right before.
 */
export const troubleInCommon: Invariant = {
  name: 'trouble-in-common',

  broken: (record) =>
    eachDeed(record, (deed) => {
      const own = record.incidents.find(({ incident }) => incident.id === deed.incident);
      if (own === undefined || deed.written === undefined || !beginsRung(record, deed)) return undefined;
      const { fleet, dependsOn } = deed.written.order.settings;
      const { count, share, within, afterActs } = fleet.manyServices;
      const others = record.incidents.filter(
        (kept) => kept.incident.service !== deed.service && wasOpen(kept, deed.begun, deed.at),
      );
      const together = others.filter(
        ({ incident }) => Math.abs(incident.openedAt - own.incident.openedAt) <= inMillis(within),
      );
      if (together.length + 1 > Math.max(count, share * record.world.services.length))
        return `while ${together.length} other services had fallen sick with it`;
      const beside = together.find(({ incident }) => shareLoadBalancer(record, incident.service, deed.service));
      if (beside !== undefined) return `while ${beside.incident.service} behind the same load balancer was sick too`;
      const needed = others.find(({ incident }) => dependsOn.includes(incident.service));
      if (needed !== undefined) return `while ${needed.incident.service}, which it depends on, was sick`;
      const treated = treatedBefore(record, deed, own.incident.openedAt, inMillis(afterActs));
      return treated === undefined ? undefined : `though its trouble came right after ${treated.service} was treated`;
    }),
};

/** From before its function looked until it had changed something. */
const wasOpen = ({ incident, closedAt }: KeptIncident, from: Instant, until: Instant): boolean =>
  incident.openedAt < from && (closedAt === null || closedAt > until);

const settingsOf = ({ world }: RunRecord, service: string) =>
  world.services.find(({ id }) => id === service)?.spec.settings;

const shareLoadBalancer = (record: RunRecord, one: string, other: string): boolean =>
  settingsOf(record, one)?.resources.loadBalancer === settingsOf(record, other)?.resources.loadBalancer;

const treatedBefore = (record: RunRecord, deed: Deed, openedAt: Instant, within: number): Deed | undefined =>
  record.deeds.find(
    (other) =>
      other.service !== deed.service &&
      other.claimedAt !== null &&
      other.claimedAt >= openedAt - within &&
      other.claimedAt < openedAt &&
      // Acted on again since, it is told apart no more: only its newest act is known.
      !record.deeds.some(
        (later) => later.service === other.service && (later.claimedAt ?? 0) > openedAt && later.at < deed.at,
      ) &&
      (shareLoadBalancer(record, other.service, deed.service) ||
        settingsOf(record, deed.service)?.dependsOn.includes(other.service) === true ||
        settingsOf(record, other.service)?.dependsOn.includes(deed.service) === true),
  );
