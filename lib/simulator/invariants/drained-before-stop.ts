import { inMillis } from '../../../lambdas/contract/time.ts';
import { eachDeed } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** A task is stopped only when no new requests reach it, and after its targets have drained. */
export const drainedBeforeStop: Invariant = {
  name: 'drained-before-stop',

  broken: (record) =>
    eachDeed(record, (deed) => {
      const order = deed.written?.order;
      if (deed.change !== 'stopTask' || order === undefined) return undefined;
      if (deed.serving.length > 0) return 'while it took traffic';
      const out = record.deeds.findLast(
        (other) =>
          other.at < deed.at &&
          other.change === 'deregisterTargets' &&
          other.tasks.some((task) => deed.tasks.includes(task)),
      );
      const drained = out === undefined ? Number.POSITIVE_INFINITY : deed.at - out.at;
      const needed = inMillis(order.settings.timing.drainFor ?? { seconds: 0 });
      return drained < needed
        ? `after ${Math.round(drained / 1000)} s of draining where ${needed / 1000} s are needed`
        : undefined;
    }),
};
