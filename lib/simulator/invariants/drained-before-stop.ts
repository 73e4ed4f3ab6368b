import { type Duration, type Instant, inMillis } from '../../../lambdas/contract/time.ts';
import type { Deed } from '../deed.ts';
import type { RunRecord } from '../run-record.ts';
import type { Task } from '../world/task.ts';
import { befell, cameBack, eachDeed, serviceOf, taskIn } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** A task whose log has had no line for so many seconds is idle. */
const silence = 30;

/**
 * A task that was taken out is stopped only when its targets have drained: for as long as their target groups let them, or the
 * service wants it to be. One that came back, or is idle by its log, need not be waited for.
 */
export const drainedBeforeStop: Invariant = {
  name: 'drained-before-stop',

  broken: (record) =>
    eachDeed(record, (deed) => {
      const order = deed.written?.order;
      const service = serviceOf(record, deed);
      const task = taskIn(record.world, deed.service, deed.tasks[0] ?? '');
      if (deed.change !== 'stopTask' || order === undefined || service === undefined || task === undefined)
        return undefined;
      const outs = record.deeds.filter(
        (other) => other.at < deed.at && other.change === 'deregisterTargets' && other.tasks.includes(task.arn),
      );
      const [first, last] = [outs[0], outs.at(-1)];
      if (first === undefined || last === undefined || cameBack(record, deed, task.arn, first.at, deed.at))
        return undefined;
      // An answer from before it was taken out looks as if it had come back.
      if (befell(record, 'stale-reads', deed.service, first.at, deed.at)) return undefined;
      const needed = drainsFor(order.settings.timing, service.account.deregistrationDelay);
      const drained = deed.at - last.at;
      if (drained >= needed || isIdle(record, deed, task, last.at)) return undefined;
      return `after ${Math.round(drained / 1000)} s of draining where ${needed / 1000} s are needed`;
    }),
};

/** The target group's own delay, unless the service sets another time; in ms. */
const drainsFor = ({ drainFor }: { readonly drainFor: Duration | null }, delay: number): number =>
  drainFor === null ? delay : inMillis(drainFor);

/** Did its log have no line of the task for long enough, at some time after it was taken out? */
function isIdle(record: RunRecord, deed: Deed, task: Task, out: Instant): boolean {
  const settings = deed.written?.order.settings;
  if (settings === undefined || settings.resources.logs === null || !settings.senses.includes('task-logs'))
    return false;
  const second = (at: Instant): number => Math.ceil((at - record.startedAt) / 1000);
  for (let from = second(out); from + silence <= second(deed.at); from++)
    if (task.lines.newest(from, from + silence) === undefined) return true;
  return false;
}
