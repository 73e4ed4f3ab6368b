import { inMillis } from '../../../lambdas/contract/time.ts';
import type { Order } from '../../../lambdas/model/order.ts';
import type { Deed, StoppedThen } from '../deed.ts';
import type { RunRecord } from '../run-record.ts';
import { befell, eachDeed, knownUpTo } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/**
 * No task is stopped while one of its targets can be given requests; nor before the target groups' own delay has passed, or the
 * service's own, unless ECS had registered a target again, or the task was idle by the request log.
 */
export const drainedBeforeStop: Invariant = {
  name: 'drained-before-stop',

  broken: (record) =>
    eachDeed(record, (deed) => {
      const { stopped, written } = deed;
      if (stopped === null || written === undefined) return undefined;
      const { servingSince } = stopped;
      // What has been registered since its function looked it could not know.
      if (servingSince !== null && servingSince <= knownUpTo(record, deed)) return 'while it was given requests';
      return tooEarly(record, deed, stopped, written.order);
    }),
};

function tooEarly(record: RunRecord, deed: Deed, stopped: StoppedThen, { settings }: Order): string | undefined {
  const out = takenOutAt(record, deed);
  if (out === undefined) return 'though nobody had taken it out';
  if (stopped.registeredAgain.some((at) => at > out)) return undefined;
  // An answer from before it was taken out looks as if it had come back.
  if (befell(record, 'stale-reads', deed.service, out, deed.at)) return undefined;
  const needed = settings.timing.drainFor === null ? stopped.delay : inMillis(settings.timing.drainFor);
  const drained = stopped.drainingSince === null ? Number.POSITIVE_INFINITY : deed.at - stopped.drainingSince;
  if (drained >= needed || isIdle(deed, stopped, settings)) return undefined;
  return `after ${Math.round(drained / 1000)} s of draining where ${needed / 1000} s are needed`;
}

/** When its incident took the task out first. */
const takenOutAt = ({ deeds }: RunRecord, deed: Deed): number | undefined =>
  deeds.find(
    (other) =>
      other.incident === deed.incident &&
      other.change === 'deregisterTargets' &&
      other.at < deed.at &&
      other.tasks.some((task) => deed.tasks.includes(task)),
  )?.at;

function isIdle({ askedAt }: Deed, { newestLine }: StoppedThen, { senses, resources, timing }: Order['settings']) {
  if (!senses.includes('task-logs') || resources.logs === null) return false;
  return newestLine === null || askedAt - newestLine >= inMillis(timing.idleFor);
}
