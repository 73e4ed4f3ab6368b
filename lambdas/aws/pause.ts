/** Resolves after so many milliseconds. Adapters take it as a parameter, so that tests do not wait. */
export type Pause = (millis: number) => Promise<void>;

export const pause: Pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

/** A random wait that grows with each attempt (from 1 on) up to `most`: full jitter, so that rivals spread out. */
export const jittered = (attempt: number, first: number, most: number): number =>
  Math.random() * Math.min(most, first * 2 ** (attempt - 1));
