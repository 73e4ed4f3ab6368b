import type { Deed } from '../deed.ts';
import type { RunRecord } from '../run-record.ts';
import type { Service } from '../world/service.ts';
import { cameBack, eachDeed, secondsKnown, serviceOf, takesOut } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** No more tasks are out at once through Paramedic than may be. */
export const disruptionLimit: Invariant = {
  name: 'disruption-limit',

  broken: (record) =>
    eachDeed(record, (deed) => {
      const service = serviceOf(record, deed);
      const limits = deed.written?.order.settings.limits.maxShareDisrupted;
      if (service === undefined || limits === undefined || !takesOut(deed)) return undefined;
      const most = Math.max(
        ...secondsKnown(record, deed).map((second) => {
          const desired = service.scheduler.desiredAt(record.startedAt + second * 1000);
          return desired < 10 ? limits.count : Math.max(limits.count, Math.floor(limits.share * desired + 1e-9));
        }),
      );
      const out = outThroughUs(record, deed, service) + 1;
      return out > most ? `as the ${out}th task that is out through Paramedic, of ${most} that may be` : undefined;
    }),
};

/** Other tasks that Paramedic has taken out and not put back, and that are neither stopped nor replaced. */
function outThroughUs(record: RunRecord, deed: Deed, { fleet }: Service): number {
  const earlier = record.deeds.slice(0, record.deeds.indexOf(deed)).filter(({ service }) => service === deed.service);
  const out = new Set<string>();
  let missing = 0;
  for (const { change, tasks, at } of earlier) {
    for (const task of tasks) {
      // ECS may have put it back meanwhile.
      if (change === 'deregisterTargets' && !cameBack(record, deed, task, at, deed.at)) out.add(task);
      if (change === 'registerTargets') out.delete(task);
      if (change !== 'stopTask') continue;
      out.delete(task);
      if (!wasReplaced(fleet, at, deed.at)) missing++;
    }
  }
  // What a deployment or a person has stopped meanwhile is theirs to replace.
  const still = [...out].filter((task) => deed.live.includes(task) && !deed.tasks.includes(task));
  return still.length + missing;
}

/** Has another task come into service since? */
const wasReplaced = (fleet: Service['fleet'], from: number, until: number): boolean =>
  [...fleet.tasks, ...fleet.stopped].some(
    (task) => task.createdAt >= from && task.everAnswered && (task.startedAt ?? Number.POSITIVE_INFINITY) <= until,
  );
