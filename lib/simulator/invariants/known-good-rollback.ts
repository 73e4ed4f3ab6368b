import { type Instant, inMillis } from '../../../lambdas/contract/time.ts';
import type { Deed } from '../deed.ts';
import type { RunRecord } from '../run-record.ts';
import type { Deployment } from '../world/deployment.ts';
import type { Service } from '../world/service.ts';
import { eachDeed, knownUpTo, serviceOf } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** How finely the past is looked at for a time that a release has served well, in ms. */
const step = 60_000;

/**
 * Where a rollback leads is known to be good, judged by the world's own record of deployments: it was brought in by one that
 * succeeded, was never taken back or found bad, and has served long enough on end with no incident open.
 */
export const knownGoodRollback: Invariant = {
  name: 'known-good-rollback',

  broken: (record) =>
    eachDeed(record, (deed) => {
      const service = serviceOf(record, deed);
      const proposal = deed.written?.order.proposal;
      if (service === undefined || proposal === undefined || !('way' in proposal.subject)) return undefined;
      const to = landing(deed, service);
      if (to === undefined) return undefined;
      const told = `to ${to}, which`;
      if (wasFoundBad(record, deed, service, to)) return `${told} was found bad`;
      if (wasTakenBack(deed, service, to)) return `${told} was rolled back from`;
      const needed = inMillis(deed.written?.order.settings.diagnosis.knownGoodAfter ?? { hours: 1 });
      return longestQuiet(record, deed, service, to, needed) >= needed - step
        ? undefined
        : `${told} has not served well for long`;
    }),
};

/** The release it leads to, which a copy of its task definition brings as well: what AWS really went back to, where AWS chose. */
function landing({ change, subject }: Deed, { releases, rollouts }: Service): string | undefined {
  if (change === 'updateService') return releases.revisionOf(subject);
  return change === 'stopServiceDeployment' ? rollouts.find(subject)?.rolledBackTo?.revision : undefined;
}

const wasFoundBad = (record: RunRecord, { service, at }: Deed, { releases }: Service, revision: string): boolean =>
  record.ledger.some(
    (entry) =>
      entry.kind === 'ReleaseCondemned' &&
      entry.service === service &&
      entry.at < at &&
      releases.revisionOf(entry.taskDefinition) === revision,
  );

/** AWS has rolled it back, or Paramedic has led away from it. */
const wasTakenBack = (deed: Deed, { rollouts }: Service, revision: string): boolean =>
  rollouts.all.some(
    (each) =>
      each.startedAt < deed.begun &&
      each.release.revision === revision &&
      each.finishedAt !== null &&
      each.finishedAt < deed.begun &&
      each.status === 'rolled-back',
  );

/** The longest time, or one that is enough, up to what was known that the release served on end while no incident of the service was open, in ms. */
function longestQuiet(record: RunRecord, deed: Deed, { rollouts }: Service, revision: string, enough: number): number {
  const until = knownUpTo(record, deed);
  const finished = rollouts.all.filter(({ finishedAt }) => finishedAt !== null).toReversed();
  const from = finished.find(({ release }) => release.revision === revision)?.finishedAt ?? until;
  let [longest, now] = [0, 0];
  for (let at = from; at <= until && longest < enough; at += step) {
    const good = servedAt(rollouts.all, at) === revision && !incidentOpen(record, deed.service, at);
    now = good ? now + step : 0;
    longest = Math.max(longest, now);
  }
  return longest;
}

/** What served at that time; undefined while a deployment was under way. */
function servedAt(newestFirst: readonly Deployment[], at: Instant): string | undefined {
  const last = newestFirst.find(({ startedAt }) => startedAt <= at);
  if (last === undefined || last.finishedAt === null || last.finishedAt > at) return undefined;
  if (last.status === 'rolled-back') return last.rolledBackTo?.revision;
  return last.status === 'successful' ? last.release.revision : undefined;
}

const incidentOpen = ({ incidents }: RunRecord, service: string, at: Instant): boolean =>
  incidents.some(
    ({ incident, closedAt }) =>
      incident.service === service && incident.openedAt <= at && (closedAt === null || closedAt > at),
  );
