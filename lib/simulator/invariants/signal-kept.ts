import type { RunRecord } from '../run-record.ts';
import { lateness } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** Lambda tries an event three times; the waits between them, and what the attempts may take, in ms. */
const [attempts, dealtWith] = [3, 300_000];

/** A firing alarm that was delivered, and is not muted, is in the ledger, or that alarm has spoken later, or the event waits in a net. */
export const signalKept: Invariant = {
  name: 'signal-kept',

  broken: (record) =>
    record.heard.flatMap(({ at, event }) => {
      const alarm = firing(event);
      if (alarm === undefined || at + dealtWith + attempts * lateness(record) > record.endedAt || isKept(record, alarm))
        return [];
      if (record.netted.some((each) => firing(each)?.name === alarm.name && firing(each)?.at === alarm.at)) return [];
      return [{ at, says: `The alarm ${alarm.name} was delivered and is nowhere in the ledger.` }];
    }),
};

type Firing = { readonly name: string; readonly at: number };

/** A team's own alarm comes beside what it stands for. */
function firing(input: unknown): Firing | undefined {
  const { event = input } = input as { event?: unknown };
  const { alarmName, state, muteDetail } =
    (event as { detail?: { alarmName?: string; state?: Record<string, string>; muteDetail?: object } }).detail ?? {};
  // Nobody wants to be called for it, until the mute ends.
  if (muteDetail !== undefined || alarmName === undefined || state?.value !== 'ALARM' || state.timestamp === undefined)
    return undefined;
  return { name: alarmName, at: Date.parse(state.timestamp) };
}

const isKept = ({ ledger }: RunRecord, alarm: Firing): boolean =>
  ledger.some(
    (entry) => entry.kind === 'SignalReceived' && entry.signal.alarm === alarm.name && entry.signal.at >= alarm.at,
  );
