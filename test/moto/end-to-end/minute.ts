/** What one minute of a service was like. */
export type Minute = {
  /** When it began. */
  readonly start: number;
  requests: number;
  errors: number;
  /** The fewest healthy targets of the minute. */
  healthy: number;
  memory: number;
};

export const oneMinute = 60_000;

export const startOfMinute = (at: number): number => Math.floor(at / oneMinute) * oneMinute;
