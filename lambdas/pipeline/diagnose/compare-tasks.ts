import type { ServiceSettings } from '../../contract/settings.ts';
import { fisherGreater } from './statistics.ts';
import { type BadRequest, countOf, pool, rateOf, type Tally, tolerated } from './tallies.ts';

/** A task that differs from its peers: its share of bad requests and theirs, 0 to 1; `excess` in requests. */
export type Outlier = {
  readonly tally: Tally;
  readonly rate: number;
  readonly peers: number;
  readonly pValue: number;
  readonly excess: number;
};

/** How bad requests are spread over the tasks. */
export type Spread =
  | { readonly kind: 'fine'; readonly rate: number }
  | { readonly kind: 'few' /** Worst first. */; readonly outliers: readonly Outlier[]; readonly rest: readonly Tally[] }
  | { readonly kind: 'alike'; readonly rate: number; readonly tasks: number }
  /** In trouble, but neither a few tasks nor all of them alike. */
  | { readonly kind: 'mixed'; readonly rate: number }
  | { readonly kind: 'too-little' };

/** Below this probability, after correction for all comparisons made, a difference is no chance. */
export const significance = 0.001;
/** Symptoms each task is tested for: errors, slow, silent. */
export const symptomsTested = 3;
/** Thousands of requests make trifles significant, so a sick task is also this many times as bad as its peers ... */
const timesPeers = 3;
/** ... and this many times as bad as the alarm puts up with. */
const timesTolerated = 1.5;

/** How many of `tasks` may be called sick: fewer than half of them, or one of two. One alone has no peers. */
export const mostSick = (tasks: number): number => (tasks === 2 ? 1 : Math.max(0, Math.floor((tasks - 1) / 2)));

/** How the bad requests are spread over these tasks. Those with less than the minimum volume are left out. */
export function spreadOf(all: readonly Tally[], bad: BadRequest, settings: ServiceSettings): Spread {
  const limit = tolerated(settings, bad);
  const tallies = all.filter((tally) => tally.requests >= settings.diagnosis.minimumVolume);
  if (limit === null || tallies.length === 0) return { kind: 'too-little' };
  const rate = rateOf(pool(tallies, bad));
  const few = smallestSickSet(tallies, bad, limit);
  if (few !== undefined) return few.outliers.length === 0 ? { kind: 'fine', rate } : { kind: 'few', ...few };
  if (rate <= limit) return { kind: 'fine', rate };
  return suffersAlike(tallies, bad) ? { kind: 'alike', rate, tasks: tallies.length } : { kind: 'mixed', rate };
}

/** The fewest of the worst tasks without which the rest is fine; empty when all are fine; undefined when there is none. */
function smallestSickSet(tallies: readonly Tally[], bad: BadRequest, limit: number) {
  const worstFirst = tallies.toSorted((a, b) => rateOf(countOf(b, bad)) - rateOf(countOf(a, bad)));
  const tests = tallies.length * symptomsTested;
  for (let sick = 0; sick <= mostSick(tallies.length); sick++) {
    const rest = worstFirst.slice(sick);
    if (!isFine(rest, bad, limit, tests)) continue;
    const compared = worstFirst.slice(0, sick).map((tally) => compare(tally, rest, bad, tests));
    if (compared.every((outlier) => standsOut(outlier, limit))) return { outliers: compared, rest };
  }
  return undefined;
}

function isFine(tallies: readonly Tally[], bad: BadRequest, limit: number, tests: number): boolean {
  if (rateOf(pool(tallies, bad)) > limit) return false;
  return !tallies.some((tally) => standsOut(compare(tally, without(tallies, tally), bad, tests), limit));
}

export function compare(tally: Tally, peers: readonly Tally[], bad: BadRequest, tests: number): Outlier {
  const [own, others] = [countOf(tally, bad), pool(peers, bad)];
  const [rate, peerRate] = [rateOf(own), rateOf(others)];
  const pValue = Math.min(1, fisherGreater(own, others) * tests);
  return { tally, rate, peers: peerRate, pValue, excess: Math.max(0, own.bad - peerRate * own.of) };
}

export const standsOut = ({ rate, peers, pValue }: Omit<Outlier, 'tally'>, limit: number): boolean =>
  pValue < significance && rate >= timesTolerated * limit && rate >= timesPeers * peers;

/** None is far better or far worse off than the others. */
export function suffersAlike(tallies: readonly Tally[], bad: BadRequest): boolean {
  const tests = tallies.length * symptomsTested;
  return tallies.every((tally) => {
    const others = without(tallies, tally);
    if (others.length === 0) return true;
    const [own, rest] = [countOf(tally, bad), pool(others, bad)];
    const worse = rateOf(own) >= timesPeers * rateOf(rest) && fisherGreater(own, rest) * tests < significance;
    const better = rateOf(rest) >= timesPeers * rateOf(own) && fisherGreater(rest, own) * tests < significance;
    return !worse && !better;
  });
}

const without = (tallies: readonly Tally[], one: Tally): readonly Tally[] => tallies.filter((tally) => tally !== one);
