import type { RunResult } from '../simulator/result.ts';
import { ledgerEvent } from './ledger-event.ts';
import type { Mark, TimelineEvent } from './timeline-event.ts';

/** All that happened in a run, in order: faults, what the true traffic did, what Paramedic did, and what people were told. */
export function timelineOf(result: RunResult): readonly TimelineEvent[] {
  const happened = [...faults(result), ...truth(result), ...decisions(result), ...told(result)];
  return happened.toSorted((a, b) => a.at - b.at);
}

const faults = (result: RunResult): readonly TimelineEvent[] =>
  result.faults.map(({ at, kind, service }) => event(at, 'fault', 'fault', service, kind));

/** Measured on every request, which nobody in a real account can do. */
function truth({ troubleAt, mitigatedAt, recoveredAt }: RunResult): readonly TimelineEvent[] {
  if (troubleAt === null) return [];
  const later = (seconds: number | null, text: string): readonly TimelineEvent[] =>
    seconds === null ? [] : [event(troubleAt + seconds, 'well', 'users', null, text)];
  return [
    event(troubleAt, 'fault', 'users', null, 'the true traffic leaves its thresholds'),
    ...later(mitigatedAt, 'the true traffic is within its thresholds again'),
    ...later(recoveredAt === mitigatedAt ? null : recoveredAt, 'and every desired task is healthy'),
  ];
}

const decisions = ({ ledger, startedAt }: RunResult): readonly TimelineEvent[] =>
  ledger.flatMap((entry) => {
    const found = ledgerEvent(entry);
    return found === undefined ? [] : [{ ...found, at: (entry.at - startedAt) / 1000, service: entry.service }];
  });

const told = ({ notifications }: RunResult): readonly TimelineEvent[] =>
  notifications.map(({ at, subject, attributes }) => event(at, 'told', 'told', attributes.service, subject));

const event = (at: number, mark: Mark, word: string, service: string | null, text: string): TimelineEvent => ({
  at,
  mark,
  word,
  service,
  text,
  details: [],
});
