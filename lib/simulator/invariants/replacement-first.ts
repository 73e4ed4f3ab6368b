import { inMillis } from '../../../lambdas/contract/time.ts';
import type { Deed } from '../deed.ts';
import type { RunRecord } from '../run-record.ts';
import type { Service } from '../world/service.ts';
import type { Task } from '../world/task.ts';
import { eachDeed, isWayBack, knownUpTo, serviceOf, takesOut } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** No task is taken out or stopped while those that should replace it are known to fail. */
export const replacementFirst: Invariant = {
  name: 'replacement-first',

  broken: (record) =>
    eachDeed(record, (deed) => {
      const service = serviceOf(record, deed);
      const restarts = deed.action === 'restart-service' && deed.change !== 'registerTaskDefinition';
      if (service === undefined || isWayBack(deed) || !(takesOut(deed) || restarts)) return undefined;
      const failed = failedStart(record, deed, service);
      return failed && `though the task ${failed.id.slice(0, 8)} had failed to start and none has started since`;
    }),
};

/** Its container exited, or never came to run. */
const failsToStart = ({ stopped }: Task): boolean =>
  stopped?.code === 'EssentialContainerExited' || stopped?.code === 'TaskFailedToStart';

/** The newest start that was known to have failed, if none since has come off. */
function failedStart(record: RunRecord, deed: Deed, { fleet, rollouts }: Service): Task | undefined {
  const known = knownUpTo(record, deed);
  const memory = inMillis(deed.written?.order.settings.timing.healingWithin ?? { seconds: 0 });
  // What a release that is gone again did says nothing of the one that runs.
  if (rollouts.all.some(({ startedAt }) => startedAt >= record.startedAt && startedAt <= deed.at)) return undefined;
  const all = [...fleet.tasks, ...fleet.stopped];
  const last = all
    .filter(
      (task) =>
        !task.everAnswered &&
        failsToStart(task) &&
        (task.stoppedAt ?? 0) < known &&
        (task.stoppedAt ?? 0) > deed.at - memory,
    )
    .at(-1);
  if (last === undefined) return undefined;
  const started = all.some(
    (task) =>
      task.createdAt >= last.createdAt && task.everAnswered && (task.startedAt ?? Number.POSITIVE_INFINITY) <= deed.at,
  );
  return started ? undefined : last;
}
