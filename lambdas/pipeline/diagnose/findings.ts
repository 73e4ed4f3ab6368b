import type { ServiceSettings } from '../../contract/settings.ts';
import { shortTask } from '../../contract/short-name.ts';
import { inWords } from '../../contract/text.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { TaskReadings } from '../../model/facts.ts';
import { type Anomalies, anomaliesOf } from './anomalies.ts';
import { type Compared, compareTasks, type Differing, type Symptom } from './compared.ts';
import type { Case } from './hypothesis.ts';
import { pool, talliesOf } from './tallies.ts';
import { type Trouble, troubleOf } from './trouble.ts';
import { figure, percent } from './wording.ts';

/** What every hypothesis begins with. */
export type Findings = {
  readonly trouble: Trouble;
  /** Tasks that ran through the whole window, compared by their logs. */
  readonly compared: Compared;
  readonly anomalies: Anomalies | null;
};

/** Every hypothesis weighs the same case: it is looked into once. */
const known = new WeakMap<Case, Findings>();

export function findingsOf(given: Case): Findings {
  const before = known.get(given);
  if (before !== undefined) return before;
  const trouble = troubleOf(given);
  const settled = (talliesOf(given) ?? []).filter((tally) => tally.settled);
  const findings = { trouble, compared: compareTasks(given, trouble, settled), anomalies: anomaliesOf(given.standing) };
  known.set(given, findings);
  return findings;
}

/** The comparison of tasks, as evidence. */
export function comparisonEvidence(
  { settings, evidence: { taskLogs } }: Case,
  compared: Compared,
): readonly Evidence[] {
  if (taskLogs === null) return [];
  const base = { source: 'task-logs', at: taskLogs.until } as const;
  switch (compared.kind) {
    case 'sick':
      return compared.sick.map((sick) => differs(sick, taskLogs, settings));
    case 'alike': {
      const says =
        compared.tasks === 1
          ? `The only task suffers: ${suffering(compared.symptom, compared.rate, settings)}.`
          : `All ${compared.tasks} tasks suffer alike: ${suffering(compared.symptom, compared.rate, settings)}.`;
      return [{ ...base, kind: 'TargetsAlike', targets: compared.tasks, says }];
    }
    case 'fine':
      return [
        {
          ...base,
          kind: 'TargetsAlike',
          targets: compared.tasks,
          says: 'The logs of the tasks in service show no trouble.',
        },
      ];
    case 'mixed':
    case 'unknown':
      return [];
  }
}

function differs(sick: Differing, taskLogs: TaskReadings, settings: ServiceSettings): Evidence {
  const { symptom, tally, rest, rate, peers, pValue } = sick;
  const base = { source: 'task-logs', at: taskLogs.until, task: tally.task, pValue } as const;
  const name = shortTask(tally.task);
  const others = `its ${rest.length === 1 ? 'only peer' : `${rest.length} peers`}`;
  if (symptom === 'silent') {
    const total = rate + peers * rest.length;
    const says = `Task ${name} logged ${figure(rate)} requests in ${inWords(taskLogs.until - taskLogs.from)}; ${others} ${figure(peers)}${rest.length === 1 ? '' : ' each'}.`;
    return { ...base, kind: 'TaskSilent', share: rate / total, peers: peers / total, says };
  }
  const all = figure(pool(rest, symptom).of);
  const says =
    symptom === 'errors'
      ? `Task ${name} failed ${percent(rate)} of ${figure(tally.requests)} requests; ${others} ${percent(peers)} of ${all}.`
      : `Task ${name} took longer than ${slowFrom(settings)} for ${percent(rate)} of ${figure(tally.requests)} requests; ${others} for ${percent(peers)} of ${all}.`;
  return { ...base, kind: symptom === 'errors' ? 'TaskErrors' : 'TaskSlow', share: rate, peers, says };
}

function suffering(symptom: Symptom, rate: number, settings: ServiceSettings): string {
  if (symptom === 'silent') return 'the load balancer sends requests, and next to none is logged';
  if (symptom === 'errors') return `${percent(rate)} of requests fail`;
  return `${percent(rate)} of requests take longer than ${slowFrom(settings)}`;
}

const slowFrom = ({ alarms }: ServiceSettings): string =>
  alarms.latency === null ? 'usual' : inWordsOfSeconds(alarms.latency.threshold);

const inWordsOfSeconds = (seconds: number): string =>
  seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${Number(seconds.toFixed(2))} s`;
