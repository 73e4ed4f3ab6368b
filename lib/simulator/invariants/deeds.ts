import type { Instant } from '../../../lambdas/contract/time.ts';
import type { Deed } from '../deed.ts';
import type { RunRecord } from '../run-record.ts';
import type { Deployment } from '../world/deployment.ts';
import type { Service } from '../world/service.ts';
import type { Task } from '../world/task.ts';
import type { Breach } from './invariant.ts';

/** A broken invariant told of one change. */
export const breach = ({ startedAt }: RunRecord, deed: Deed, how: string): Breach => ({
  at: deed.at,
  says: `At ${Math.round((deed.at - startedAt) / 1000)} s ${deed.change} was called on ${deed.service} (${deed.subject}) ${how}.`,
});

/** One sentence for each change of which `how` says how it breaks the invariant. */
export const eachDeed = (record: RunRecord, how: (deed: Deed) => string | undefined): readonly Breach[] =>
  record.deeds.flatMap((deed) => {
    const says = how(deed);
    return says === undefined ? [] : [breach(record, deed, says)];
  });

/** Capacity is taken away by hand; a deployment minds its own. */
export const takesOut = ({ change }: Deed): boolean => change === 'deregisterTargets' || change === 'stopTask';

/** A release as the world knows it: its configuration and its image. A copy of a task definition brings its original's. */
export const releaseOf = ({ release, digest }: Deployment): string => `${release.revision} ${digest}`;

/** Every task is replaced. */
export const replacesAll = ({ change }: Deed): boolean =>
  change === 'forceNewDeployment' || change === 'updateService' || change === 'stopServiceDeployment';

/** It takes back what was done before. */
export const isWayBack = ({ written }: Deed): boolean => (written?.order.undoes ?? null) !== null;

/** It does once more what ECS took back. */
export const isRepeated = ({ written }: Deed): boolean => written?.order.proposal.repeats !== undefined;

export const serviceOf = ({ world }: RunRecord, { service }: Deed): Service | undefined =>
  world.services.find(({ id }) => id === service);

/** Did ECS register a target of the task again between then and then? */
export function cameBack(
  { world }: RunRecord,
  { service }: Pick<Deed, 'service'>,
  arn: string,
  from: Instant,
  until: Instant,
): boolean {
  const task = taskIn(world, service, arn);
  return task?.cameBack.some((at) => at > from && at <= until) ?? false;
}

/** The task of that ARN, whether it runs or not. */
export function taskIn(world: RunRecord['world'], service: string, arn: string): Task | undefined {
  const fleet = world.services.find(({ id }) => id === service)?.fleet;
  return [...(fleet?.tasks ?? []), ...(fleet?.stopped ?? [])].find((task) => task.arn === arn);
}

/** The longest `by` of the faults of a kind, in ms. */
const longestBy = ({ faults }: RunRecord, kind: string): number =>
  Math.max(0, ...faults.map((fault) => (fault.kind === kind && 'by' in fault ? Number(fault.by) : 0)));

/** How old an answer of AWS may be at most. */
const staleness = (record: RunRecord): number => longestBy(record, 'stale-reads');

/** How late a function may begin at most. */
export const lateness = (record: RunRecord): number => longestBy(record, 'invocations-delayed');

/** A function cannot have known what happened after this. */
export const knownUpTo = (record: RunRecord, { begun }: Deed): Instant => begun - staleness(record);

/** The whole seconds from what its function may have known up to the change itself. */
export function secondsKnown(record: RunRecord, deed: Deed): readonly number[] {
  const second = (at: Instant): number => Math.max(0, Math.floor((at - record.startedAt) / 1000));
  const from = second(knownUpTo(record, deed));
  return Array.from({ length: second(deed.at) - from + 1 }, (_, index) => from + index);
}

/** Healthy tasks that must remain of so many desired ones. */
export function floorFor({ written }: Deed, desired: number): number {
  if (written === undefined) return 0;
  const { count, share } = written.order.settings.limits.minHealthyTargets;
  return Math.max(count, Math.ceil(share * desired - 1e-9));
}

/** Was the fault of that kind in force on the service at some time within the span? */
export const befell = (record: RunRecord, kind: string, service: string, from: Instant, until: Instant): boolean =>
  record.faults.some(
    (fault) =>
      fault.kind === kind &&
      (fault.service === undefined || fault.service === service) &&
      record.startedAt + fault.at <= until &&
      (fault.until === undefined || record.startedAt + fault.until >= from),
  );

/** Was a fault of that kind in force on the service all the time from then on to then? */
export const lastedThrough = (
  record: RunRecord,
  kind: string,
  service: string,
  from: Instant,
  until: Instant,
): boolean =>
  record.faults.some(
    (fault) =>
      fault.kind === kind &&
      (fault.service === undefined || fault.service === service) &&
      // One that waits for a call strikes later than it is written for.
      !('before' in fault && fault.before !== undefined) &&
      record.startedAt + fault.at < from &&
      (fault.until === undefined || record.startedAt + fault.until > until),
  );
