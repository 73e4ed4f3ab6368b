import type { RunResult } from '../../lib/simulator/result.ts';

/** Everything a run must not show: missed expectations and broken promises. */
export const complaints = ({ failures, violations }: RunResult): readonly string[] => [
  ...failures,
  ...violations.map((violation) => `Broken promise: ${violation}`),
];

export const isGood = (result: RunResult): boolean => complaints(result).length === 0;
