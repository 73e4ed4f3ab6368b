import { spreadsEvenly } from '../../contract/routing.ts';
import { mostSick, type Outlier, significance, symptomsTested } from './compare-tasks.ts';
import { throughout } from './exposure.ts';
import type { Case } from './hypothesis.ts';
import { binomialAtMost, mean } from './statistics.ts';
import type { Tally } from './tallies.ts';
import { minutesWithin } from './trouble.ts';

/** A task that logs less than this share of what its peers log answers nothing, or next to nothing. */
const silentBelow = 0.3;

/** Which tasks log far fewer requests than their part. For these `rate` and `peers` are requests, not shares. */
export type Silence =
  | { readonly kind: 'none' }
  | { readonly kind: 'few'; readonly outliers: readonly Outlier[]; readonly rest: readonly Tally[] }
  /** The load balancer sent requests, and no task logs any. */
  | { readonly kind: 'all'; readonly tasks: number }
  | { readonly kind: 'too-little' };

export function silenceOf(given: Case, all: readonly Tally[]): Silence {
  const tallies = throughout(given, all);
  if (tallies.length === 0) return { kind: 'too-little' };
  const volume = given.settings.diagnosis.minimumVolume;
  if (tallies.length === all.length && isAllSilent(given, all)) return { kind: 'all', tasks: all.length };
  const evenly = spreadsEvenly(given.standing.routing);
  /** Where some targets get fewer requests than others, only one that logs nothing at all is silent. */
  const isSilent = (requests: number, expected: number): boolean =>
    evenly ? requests < silentBelow * expected : requests === 0;
  const quietestFirst = tallies.toSorted((a, b) => a.requests - b.requests);
  for (let silent = 0; silent <= mostSick(tallies.length); silent++) {
    const rest = quietestFirst.slice(silent);
    const expected = mean(rest.map((tally) => tally.requests)) ?? 0;
    if (expected < volume) continue;
    const outliers = quietestFirst.slice(0, silent).map((tally) => compare(tally, rest, expected, tallies.length));
    const [quietest] = rest;
    if (quietest !== undefined && isSilent(quietest.requests, expected)) continue;
    if (outliers.every(({ pValue, rate }) => pValue < significance && isSilent(rate, expected))) {
      return outliers.length === 0 ? { kind: 'none' } : { kind: 'few', outliers, rest };
    }
  }
  return { kind: 'too-little' };
}

/** Exact: of its own and its peers' requests, each would get one part in `peers + 1`. */
function compare(tally: Tally, rest: readonly Tally[], expected: number, tasks: number): Outlier {
  const total = rest.reduce((sum, each) => sum + each.requests, tally.requests);
  const pValue = Math.min(1, binomialAtMost(tally.requests, total, 1 / (rest.length + 1)) * tasks * symptomsTested);
  return { tally, rate: tally.requests, peers: expected, pValue, excess: expected - tally.requests };
}

function isAllSilent({ settings, symptoms, evidence: { taskLogs } }: Case, tallies: readonly Tally[]): boolean {
  if (taskLogs === null) return false;
  const minutes = minutesWithin(symptoms, taskLogs);
  const sent = minutes.map((minute) =>
    symptoms.groups.reduce((sum, { series }) => sum + (series.requests?.[minute] ?? 0), 0),
  );
  const expected = (mean(sent) ?? 0) * ((taskLogs.until - taskLogs.from) / 60_000);
  const { minimumVolume } = settings.diagnosis;
  // Logs may be sampled or bounded, so that fewer lines than requests alone mean nothing.
  if (tallies.some((tally) => tally.requests >= minimumVolume)) return false;
  const logged = tallies.reduce((sum, tally) => sum + tally.requests, 0);
  return expected >= minimumVolume * tallies.length && logged < silentBelow * expected;
}
