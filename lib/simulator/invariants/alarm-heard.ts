import type { Instant } from '../../../lambdas/contract/time.ts';
import type { RunRecord } from '../run-record.ts';
import type { Alarm } from '../world/alarm-watch.ts';
import { befell } from './deeds.ts';
import type { Breach, Invariant } from './invariant.ts';

/** How long an alarm may fire unheard, in ms: what on-signal's attempts take, and a few sweeps. */
const longest = 360_000;

/** No alarm fires for long, unmuted, without the ledger having heard of it; unless calls to AWS or to the ledger fail then. */
export const alarmHeard: Invariant = {
  name: 'alarm-heard',

  broken: (record) =>
    record.world.services.flatMap(({ id, alarms }) =>
      alarms.flatMap((alarm) => unheard(record, id, alarm, firings(alarm, record.endedAt))),
    ),
};

/** A time in which the alarm fired without a break. */
type Firing = { readonly from: Instant; readonly until: Instant };

const firings = ({ history }: Alarm, end: Instant): readonly Firing[] =>
  history.flatMap(({ value, at }, index) =>
    value === 'ALARM' ? [{ from: at, until: history[index + 1]?.at ?? end }] : [],
  );

const unheard = (record: RunRecord, service: string, { name }: Alarm, all: readonly Firing[]): readonly Breach[] =>
  all.flatMap(({ from, until }) => {
    const since = unmutedSince(record, service, from);
    const at = since + longest;
    if (at >= until || isHeard(record, name, from) || hindered(record, service, since, at)) return [];
    return [
      { at, says: `The alarm ${name} fired for ${Math.round(longest / 60_000)} minutes and nobody heard of it.` },
    ];
  });

/** When the last mute that holds it back ends; a mute that begins later, before it had to be heard, does so too. */
function unmutedSince({ faults, startedAt }: RunRecord, service: string, from: Instant): Instant {
  const mutes = faults.filter(({ kind, service: on }) => kind === 'alarm-muted' && on === service);
  return mutes
    .toSorted((one, other) => one.at - other.at)
    .reduce((since, { at, until }) => {
      const ends = until === undefined ? Number.POSITIVE_INFINITY : startedAt + until;
      return startedAt + at <= since + longest && ends > since ? ends : since;
    }, from);
}

const isHeard = ({ ledger }: RunRecord, alarm: string, from: Instant): boolean =>
  ledger.some(
    (entry) => entry.kind === 'SignalReceived' && entry.signal.alarm === alarm && entry.signal.at >= from - 1000,
  );

const hindered = (record: RunRecord, service: string, from: Instant, until: Instant): boolean =>
  ['api-errors', 'api-throttled', 'api-timeouts', 'function-crashes'].some((kind) =>
    befell(record, kind, service, from, until),
  );
