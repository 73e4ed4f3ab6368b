import { Histogram } from './latency.ts';

/** What a load balancer counts for one target group until the minute is over. */
export class Tally {
  requests = 0;
  answered = 0;
  errors = 0;
  connectionErrors = 0;
  /** Taken by a target and never answered. */
  unanswered = 0;
  /** Answered, as it seemed, and then cut off when their task stopped: no answer of a target is counted for them. */
  cut = 0;
  /** Arrived while there was no target to choose. */
  withoutTarget = 0;
  readonly latencies = new Histogram();
  #fewestHealthy: number | null = null;
  #mostUnhealthy: number | null = null;

  /** Health of the registered targets, looked at every second; zeros when the last of them goes. */
  hosts(healthy: number, unhealthy: number): void {
    this.#fewestHealthy = Math.min(this.#fewestHealthy ?? healthy, healthy);
    this.#mostUnhealthy = Math.max(this.#mostUnhealthy ?? unhealthy, unhealthy);
  }

  /** Null when no target was registered all the minute. */
  get fewestHealthy(): number | null {
    return this.#fewestHealthy;
  }

  get mostUnhealthy(): number | null {
    return this.#mostUnhealthy;
  }

  clear(): void {
    this.requests = 0;
    this.answered = 0;
    this.errors = 0;
    this.connectionErrors = 0;
    this.unanswered = 0;
    this.cut = 0;
    this.withoutTarget = 0;
    this.latencies.clear();
    this.#fewestHealthy = null;
    this.#mostUnhealthy = null;
  }
}
