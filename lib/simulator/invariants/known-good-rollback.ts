import { type Instant, inMillis } from '../../../lambdas/contract/time.ts';
import type { Deed } from '../deed.ts';
import type { RunRecord } from '../run-record.ts';
import type { Deployment } from '../world/deployment.ts';
import type { Service } from '../world/service.ts';
import { eachDeed, knownUpTo, releaseOf, serviceOf } from './deeds.ts';
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
      const landed = landing(deed, service);
      if (landed === undefined) return undefined;
      const to = releaseOf(landed);
      const told = `to ${landed.release.taskDefinition.split('/').at(-1)}, which`;
      if (wasFoundBad(record, deed, service, to)) return `${told} was found bad`;
      if (wasTakenBack(deed, service, to)) return `${told} was rolled back from`;
      const needed = inMillis(deed.written?.order.settings.diagnosis.knownGoodAfter ?? { hours: 1 });
      return longestQuiet(record, deed, service, to, needed) >= needed - step
        ? undefined
        : `${told} has not served well for long`;
    }),
};

/** The deployment it leads to: what AWS really went back to, where AWS chose. */
function landing({ change, subject, at }: Deed, { rollouts: { all } }: Service): Deployment | undefined {
  if (change === 'updateService')
    return all.findLast(({ startedAt, release }) => startedAt >= at && release.taskDefinition === subject);
  const back = all.find(({ id }) => id === subject)?.rolledBackTo;
  return all.find(({ status, startedAt, release }) => status === 'successful' && startedAt < at && release === back);
}

/** By the deployment that was condemned. */
const wasFoundBad = (record: RunRecord, { service, at }: Deed, { rollouts }: Service, to: string): boolean =>
  record.ledger.some((entry) => {
    if (entry.kind !== 'ReleaseCondemned' || entry.service !== service || entry.at >= at) return false;
    const bad = rollouts.find(entry.deployment);
    return bad !== undefined && releaseOf(bad) === to;
  });

/** AWS has rolled it back, or Paramedic has led away from it. */
const wasTakenBack = (deed: Deed, { rollouts }: Service, to: string): boolean =>
  rollouts.all.some(
    (each) =>
      each.startedAt < deed.begun &&
      releaseOf(each) === to &&
      each.finishedAt !== null &&
      each.finishedAt < deed.begun &&
      each.status === 'rolled-back',
  );

/** The longest time, or one that is enough, up to what was known that the release served on end while no incident of the service was open, in ms. */
function longestQuiet(record: RunRecord, deed: Deed, { rollouts }: Service, to: string, enough: number): number {
  const until = knownUpTo(record, deed);
  const finished = rollouts.all.filter(({ finishedAt }) => finishedAt !== null).toReversed();
  const from = finished.find((each) => releaseOf(each) === to)?.finishedAt ?? until;
  let [longest, now] = [0, 0];
  for (let at = from; at <= until && longest < enough; at += step) {
    const good = servedAt(rollouts.all, at) === to && !incidentOpen(record, deed.service, at);
    now = good ? now + step : 0;
    longest = Math.max(longest, now);
  }
  return longest;
}

/** What served at that time; undefined while a deployment was under way. */
function servedAt(newestFirst: readonly Deployment[], at: Instant): string | undefined {
  const last = newestFirst.find(({ startedAt }) => startedAt <= at);
  if (last === undefined || last.finishedAt === null || last.finishedAt > at) return undefined;
  const back = newestFirst.find(({ status, startedAt: began, release }) => {
    return status === 'successful' && began < last.startedAt && release === last.rolledBackTo;
  });
  if (last.status === 'rolled-back') return back && releaseOf(back);
  return last.status === 'successful' ? releaseOf(last) : undefined;
}

const incidentOpen = ({ incidents }: RunRecord, service: string, at: Instant): boolean =>
  incidents.some(
    ({ incident, closedAt }) =>
      incident.service === service && incident.openedAt <= at && (closedAt === null || closedAt > at),
  );
