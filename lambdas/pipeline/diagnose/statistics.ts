/** Exact small-sample tests and robust estimates. All probabilities are 0 to 1; counts are whole and not negative. */

/** How many of how many: failed of served, slow of served. */
export type Count = { readonly bad: number; readonly of: number };

/**
 * Fisher's exact test, one-sided: how likely is it that `one` got this many of the bad ones or more, if bad ones fall on
 * `one` and `rest` alike? 1 where there is nothing to compare.
 */
export function fisherGreater(one: Count, rest: Count): number {
  const [drawn, bad, all] = [one.of, one.bad + rest.bad, one.of + rest.of];
  const most = Math.min(drawn, bad);
  const least = Math.max(0, drawn - (all - bad));
  if (one.bad <= least) return 1;
  const logTerm = (k: number) => logChoose(bad, k) + logChoose(all - bad, drawn - k) - logChoose(all, drawn);
  // Whichever side of the peak is the tail has few terms that matter.
  return one.bad > (drawn * bad) / all ? sumTail(one.bad, most, logTerm) : 1 - sumTail(one.bad - 1, least, logTerm);
}

/** How likely are `successes` or fewer in `trials`, each with probability `p`? */
export function binomialAtMost(successes: number, trials: number, p: number): number {
  if (successes >= trials || p <= 0) return 1;
  if (p >= 1) return 0;
  const logTerm = (k: number) => logChoose(trials, k) + k * Math.log(p) + (trials - k) * Math.log1p(-p);
  return successes < trials * p ? sumTail(successes, 0, logTerm) : 1 - sumTail(successes + 1, trials, logTerm);
}

/** The middle value; the mean of the two in the middle where there are two. `null` of nothing. */
export function median(values: readonly number[]): number | null {
  const sorted = Float64Array.from(values).sort();
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * The Theil–Sen slope: the median of the slopes between all pairs of points, which a few wild points do not move.
 * `rising` is the share of pairs that rise, 0 to 1: near 1 for what grows steadily, near one half for noise.
 */
export function trend(points: readonly (readonly [x: number, y: number])[]): { slope: number; rising: number } | null {
  const slopes: number[] = [];
  points.forEach(([x1, y1], i) => {
    for (const [x2, y2] of points.slice(i + 1)) if (x1 !== x2) slopes.push((y2 - y1) / (x2 - x1));
  });
  const slope = median(slopes);
  if (slope === null) return null;
  return { slope, rising: slopes.filter((each) => each > 0).length / slopes.length };
}

/** e^-40 of the largest term is below the precision of a number. */
const negligible = 40;

/**
 * Adds exp(logTerm(k)) for k from `first` towards `last`, which rise to one peak at most and then fall. Relative to the
 * largest, so that tiny probabilities survive, and no further than terms matter.
 */
function sumTail(first: number, last: number, logTerm: (k: number) => number): number {
  let [largest, sum] = [Number.NEGATIVE_INFINITY, 0];
  for (let k = first, step = Math.sign(last - first) || 1; k * step <= last * step; k += step) {
    const log = logTerm(k);
    if (log > largest) {
      sum = sum * Math.exp(largest - log) + 1;
      largest = log;
    } else {
      sum += Math.exp(log - largest);
      if (log < largest - negligible) break;
    }
  }
  return Math.min(1, Math.exp(largest) * sum);
}

const logChoose = (n: number, k: number): number => logFactorial(n) - logFactorial(k) - logFactorial(n - k);

const smallLogFactorials = Array.from({ length: 256 }, () => 0);
for (let n = 2; n < smallLogFactorials.length; n++)
  smallLogFactorials[n] = (smallLogFactorials[n - 1] ?? 0) + Math.log(n);

/** Exact sums for small numbers, Stirling's series beyond: its error is below 1e-15 there. */
function logFactorial(n: number): number {
  const small = smallLogFactorials[n];
  if (small !== undefined) return small;
  return n * Math.log(n) - n + Math.log(2 * Math.PI * n) / 2 + 1 / (12 * n) - 1 / (360 * n ** 3);
}
