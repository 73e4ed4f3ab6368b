import type { Deed } from '../deed.ts';
import type { RunRecord } from '../run-record.ts';
import type { Service } from '../world/service.ts';
import { eachDeed, secondsKnown, serviceOf } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** A single task is taken out only where few are sick, and not all of its zone; judged by what its order said of them. */
export const singleTasksOnly: Invariant = {
  name: 'single-tasks-only',

  broken: (record) =>
    eachDeed(record, (deed) => {
      const service = serviceOf(record, deed);
      const limits = deed.written?.order.settings.limits;
      if (service === undefined || limits === undefined || deed.change !== 'deregisterTargets') return undefined;
      const sick = new Set([...deed.tasks, ...named(deed), ...takenBefore(record, deed)]);
      const desired = Math.max(
        ...secondsKnown(record, deed).map((second) => service.scheduler.desiredAt(record.startedAt + second * 1000)),
      );
      // Where they are too many to be named, they are counted.
      const counted = deed.written?.order.proposal.because.find(({ kind }) => kind === 'TasksSick');
      const many = Math.max(sick.size, counted?.kind === 'TasksSick' ? counted.tasks : 0);
      if (many >= 2 && many / desired >= limits.commonCause.share + 1e-9)
        return `though ${many} of ${desired} tasks were sick`;
      const zone = zoneOf(sick, deed, service);
      return zone && `though the zone ${zone} was sick as a whole`;
    }),
};

/** Whom the evidence of the order names. */
const named = ({ written }: Deed): readonly string[] =>
  (written?.order.proposal.because ?? []).flatMap((fact) => ('task' in fact ? [fact.task] : []));

/** Those of the same incident that were taken out before and not put back. */
function takenBefore(record: RunRecord, deed: Deed): readonly string[] {
  const taken = new Set<string>();
  for (const { change, tasks } of record.deeds.filter(
    ({ incident, at }) => incident === deed.incident && at < deed.at,
  )) {
    for (const task of tasks) {
      if (change === 'deregisterTargets') taken.add(task);
      if (change === 'registerTargets') taken.delete(task);
    }
  }
  return [...taken];
}

/** The zone it was taken from, if every task that ran there was sick, two at least, and others had tasks; whoever else was sick. */
function zoneOf(sick: ReadonlySet<string>, deed: Deed, { fleet }: Service): string | undefined {
  const running = [...fleet.tasks, ...fleet.stopped].filter(
    ({ arn, startedAt }) => deed.live.includes(arn) && startedAt !== null && startedAt < deed.at,
  );
  const zone = running.find(({ arn }) => deed.tasks.includes(arn))?.zone;
  const there = running.filter((task) => task.zone === zone);
  if (zone === undefined || there.length < 2 || there.length === running.length) return undefined;
  return there.every(({ arn }) => sick.has(arn)) ? zone : undefined;
}
