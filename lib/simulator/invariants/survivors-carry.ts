import type { Deed } from '../deed.ts';
import type { RunRecord } from '../run-record.ts';
import type { Service } from '../world/service.ts';
import { eachDeed, secondsKnown, serviceOf, takesOut } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** Seconds that metrics may be behind, with the wait of an order on top: a load that rose since nobody need have known of. */
const behind = 600;
/** What chance may make of a minute's requests. */
const chance = 1.1;

/** Taking a task out leaves those that can carry the load; judged by the true traffic and what the tasks can really do. */
export const survivorsCarry: Invariant = {
  name: 'survivors-carry',

  broken: (record) =>
    eachDeed(record, (deed) => {
      const service = serviceOf(record, deed);
      const limit = deed.written?.order.settings.limits.survivorLoad;
      const left = service && mostLeft(record, deed, service);
      if (service === undefined || limit === undefined || left === undefined) return undefined;
      const rate = quietest(record, deed, service);
      const [load, most] =
        limit.capacityPerTask === null
          ? [cpuAt(rate / (left * service.spec.capacityPerTask)), 100 * limit.most]
          : [rate / left, limit.capacityPerTask * limit.most];
      return load > most * chance
        ? `leaving each of ${left} tasks a load of ${Math.round(load)} where ${Math.round(most)} is allowed`
        : undefined;
    }),
};

/** Percent of CPU that a task uses under that share of what it can serve, as the simulated account publishes it. */
const cpuAt = (load: number): number => Math.min(100, 5 + 85 * load);

/** How many healthy tasks its function may have thought would be left; undefined when it took no healthy one out. */
function mostLeft(record: RunRecord, deed: Deed, { truth }: Service): number | undefined {
  const { before, after } = deed.healthy;
  if (!takesOut(deed) || after >= before) return undefined;
  return Math.max(1, ...secondsKnown(record, deed).map((second) => truth.healthy(second) - (before - after)));
}

/** Requests a second in the quietest minute that may have been the newest one measured. */
function quietest({ startedAt }: RunRecord, { at }: Deed, { truth, spec }: Service): number {
  const until = Math.floor((at - startedAt) / 60_000);
  const minutes = truth.minutes.slice(Math.max(0, until - Math.ceil(behind / 60)), until);
  const known = minutes.map(({ requests }) => requests / 60);
  // Before the start it was as at its beginning.
  return Math.min(...known, ...(until < behind / 60 ? [spec.traffic[0]?.rate ?? 0] : []));
}
