import { mostSick, type Outlier, spreadOf } from './compare-tasks.ts';
import { stoodAlone } from './exposure.ts';
import type { Case } from './hypothesis.ts';
import { silenceOf } from './silence.ts';
import type { BadRequest, Tally } from './tallies.ts';
import type { Trouble } from './trouble.ts';

export type Symptom = 'errors' | 'slow' | 'silent';

/** One task that differs, in what, and the peers it was compared with. */
export type Differing = Outlier & { readonly symptom: Symptom; readonly rest: readonly Tally[] };

/** What the tasks' own logs say of the present trouble, all symptoms together. */
export type Compared =
  | { readonly kind: 'sick' /** Worst first; never empty. */; readonly sick: readonly Differing[] }
  /** `rate`: share of bad requests, 0 to 1. */
  | { readonly kind: 'alike'; readonly symptom: Symptom; readonly rate: number; readonly tasks: number }
  | { readonly kind: 'mixed'; readonly symptom: Symptom; readonly rate: number }
  | { readonly kind: 'fine'; readonly tasks: number }
  /** No logs, or too few requests in them. */
  | { readonly kind: 'unknown' };

type Verdict = Exclude<Compared, { kind: 'sick' }> | { readonly kind: 'few'; readonly sick: readonly Differing[] };

/** Compares tasks in what the alarms complain of. The most telling answer wins: alike, mixed, sick, fine, unknown. */
export function compareTasks(given: Case, trouble: Trouble, tallies: readonly Tally[]): Compared {
  const verdicts = symptomsIn(trouble).map((symptom) => judge(given, tallies, symptom));
  const spread = verdicts.find(({ kind }) => kind === 'alike') ?? verdicts.find(({ kind }) => kind === 'mixed');
  if (spread !== undefined && spread.kind !== 'few') return spread;
  const sick = onePerTask(verdicts.flatMap((verdict) => (verdict.kind === 'few' ? verdict.sick : [])));
  if (sick.length > mostSick(tallies.length)) return { kind: 'mixed', symptom: 'errors', rate: 0 };
  const { taskLogs } = given.evidence;
  if (sick.length > 0 && taskLogs !== null) {
    return stoodAlone(given, taskLogs) ? { kind: 'unknown' } : { kind: 'sick', sick };
  }
  return verdicts.find((verdict) => verdict.kind === 'fine') ?? { kind: 'unknown' };
}

/** Whether the alarms complain of errors: those of a target, and requests that are never answered. */
export const complainsOfErrors = ({ kinds }: Trouble): boolean => kinds.has('errors') || isVague(kinds);

/** Whether the alarms complain of slow answers. */
export const complainsOfLatency = ({ kinds }: Trouble): boolean => kinds.has('latency') || isVague(kinds);

/** A composite alarm, or one on targets alone, doesn't say what is wrong with requests: everything is looked at. */
const isVague = (kinds: Trouble['kinds']): boolean =>
  kinds.has('combined') || (!kinds.has('errors') && !kinds.has('latency'));

const symptomsIn = (trouble: Trouble): readonly Symptom[] => [
  ...(complainsOfErrors(trouble) ? (['errors', 'silent'] as const) : []),
  ...(complainsOfLatency(trouble) ? (['slow'] as const) : []),
];

function judge(given: Case, tallies: readonly Tally[], symptom: Symptom): Verdict {
  return symptom === 'silent' ? judgeSilence(given, tallies) : judgeRequests(given, tallies, symptom);
}

function judgeRequests({ settings }: Case, tallies: readonly Tally[], symptom: BadRequest): Verdict {
  const spread = spreadOf(tallies, symptom, settings);
  switch (spread.kind) {
    case 'few':
      return { kind: 'few', sick: spread.outliers.map((outlier) => ({ ...outlier, symptom, rest: spread.rest })) };
    case 'alike':
      return { kind: 'alike', symptom, rate: spread.rate, tasks: spread.tasks };
    case 'mixed':
      return { kind: 'mixed', symptom, rate: spread.rate };
    case 'fine':
      return { kind: 'fine', tasks: tallies.length };
    case 'too-little':
      return { kind: 'unknown' };
  }
}

function judgeSilence(given: Case, tallies: readonly Tally[]): Verdict {
  const silence = silenceOf(given, tallies);
  switch (silence.kind) {
    case 'few':
      return {
        kind: 'few',
        sick: silence.outliers.map((outlier) => ({ ...outlier, symptom: 'silent', rest: silence.rest })),
      };
    case 'all':
      return { kind: 'alike', symptom: 'silent', rate: 1, tasks: silence.tasks };
    case 'none':
    case 'too-little':
      return { kind: 'unknown' };
  }
}

/** A task with several symptoms is sick once, by the one that spoils most requests. */
function onePerTask(all: readonly Differing[]): readonly Differing[] {
  const worstFirst = all.toSorted((a, b) => b.excess - a.excess || (a.tally.task < b.tally.task ? -1 : 1));
  return worstFirst.filter((each, i) => worstFirst.findIndex(({ tally }) => tally.task === each.tally.task) === i);
}
