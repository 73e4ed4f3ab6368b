import { eachDeed, knownUpTo, serviceOf } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** Nothing is changed behind everybody's back: somebody listened when the function looked. */
export const somebodyListens: Invariant = {
  name: 'somebody-listens',

  broken: (record) =>
    eachDeed(record, (deed) => {
      const service = serviceOf(record, deed);
      if (service === undefined || deed.written?.order.undoes !== null) return undefined;
      const { topic } = service.spec.settings;
      const shared = record.world.services.filter(({ spec }) => spec.settings.topic === topic);
      const known = knownUpTo(record, deed);
      const heard = shared.some(({ id, spec }) => {
        const gone = record.faults.some(
          (fault) =>
            fault.kind === 'subscription-lost' &&
            (fault.service === undefined || fault.service === id) &&
            record.startedAt + fault.at < known &&
            (fault.until === undefined || record.startedAt + fault.until > deed.at),
        );
        return spec.listeners > 0 && !gone;
      });
      return heard ? undefined : 'while nobody listened to its messages';
    }),
};
