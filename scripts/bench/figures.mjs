/** The middle and the ninth tenth of some measurements. */
export function figures(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { median: rounded(at(0.5)), p90: rounded(at(0.9)), runs: sorted.length };
}

const rounded = (value) => Math.round(value * 10) / 10;
