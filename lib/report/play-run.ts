import type { RunResult } from '../simulator/result.ts';
import { framesOf, type RenderOptions } from './frames.ts';

export type Screen = RenderOptions & {
  readonly write: (text: string) => unknown;
  /** Resolves after so many milliseconds; null shows everything at once, as in a pipe. */
  readonly pause: ((millis: number) => Promise<void>) | null;
};

/** How long a live timeline takes in all, and the longest it rests between two lines. */
const lasts = 22_000;
const longestRest = 1_500;

/** Shows a played run as if it were happening, in accelerated time. What is shown is the same as `renderRun` gives. */
export async function playRun(result: RunResult, { write, pause, ...options }: Screen): Promise<void> {
  const frames = framesOf(result, options);
  const beats = frames.reduce((sum, { beat }) => sum + beat, 0);
  for (const { lines, beat } of frames) {
    write(lines.map((line) => `${line.trimEnd()}\n`).join(''));
    if (pause !== null && beat > 0) await pause(Math.min(longestRest, (beat / beats) * lasts));
  }
}

/** A person watches, and has not asked for less: not in a pipe, not in CI. */
export const watchesLive = (isTerminal: boolean, environment: Readonly<Record<string, string | undefined>>): boolean =>
  isTerminal && !environment.CI && environment.TERM !== 'dumb';
