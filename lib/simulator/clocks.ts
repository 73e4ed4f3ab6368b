/** What the clocks are read from: one service's true traffic, second by second from the start. */
export type TrueService = {
  readonly desired: number;
  readonly truth: {
    readonly seconds: number;
    /** The rolling minute that ends with this second is outside the thresholds. */
    trouble(second: number): boolean;
    /** Tasks that are healthy and take traffic. */
    healthy(second: number): number;
  };
};

/** Seconds since the start; null where it never happened. */
export type Clocks = {
  /** The true traffic leaves the thresholds for the first time. */
  readonly troubleAt: number | null;
  /** From then on it stays within them. */
  readonly mitigatedAt: number | null;
  /** And from then on every desired task is healthy too. */
  readonly recoveredAt: number | null;
};

const never: Clocks = { troubleAt: null, mitigatedAt: null, recoveredAt: null };

/** Judged on the true traffic of all services, each request counted at its arrival, not on the delayed metrics. */
export function clocksOf(services: readonly TrueService[]): Clocks {
  const seconds = Math.max(0, ...services.map(({ truth }) => truth.seconds));
  let first: number | null = null;
  let lastTrouble = -1;
  let lastShort = -1;
  for (const { truth, desired } of services) {
    for (let second = 0; second < truth.seconds; second++) {
      if (truth.trouble(second)) {
        first = Math.min(first ?? second, second);
        lastTrouble = Math.max(lastTrouble, second);
      }
      if (truth.healthy(second) < desired) lastShort = Math.max(lastShort, second);
    }
  }
  if (first === null) return never;
  const after = (last: number): number | null => (last + 1 < seconds ? last + 1 : null);
  const mitigatedAt = after(lastTrouble);
  const recoveredAt = mitigatedAt === null ? null : after(Math.max(lastTrouble, lastShort));
  return { troubleAt: first, mitigatedAt, recoveredAt };
}
