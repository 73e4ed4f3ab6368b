import type { Instant } from '../../../lambdas/contract/time.ts';

/** Over about this time the load balancer compares its targets, in ms. */
const memory = 60_000;
/** What is left after so many ms; mostly requests come second by second. */
const fading = (millis: number): number => (millis === 1000 ? afterOneSecond : Math.exp(-millis / memory));
const afterOneSecond = Math.exp(-1000 / memory);
/** Requests a target and its peers need before they are compared, and errors before they mean anything. */
const [fewestRequests, fewestErrors] = [20, 4];

type Recent = { readonly requests: number; readonly errors: number };

/**
 * What the load balancer remembers of a target for its anomaly detection: requests, and those answered with 5xx or whose
 * connection failed. Not how long they took, nor whether they were answered at all
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html).
 */
export class Health {
  #requests = 0;
  #errors = 0;
  #at: Instant = 0;

  note(requests: number, errors: number, now: Instant): void {
    const left = fading(now - this.#at);
    this.#requests = this.#requests * left + requests;
    this.#errors = this.#errors * left + errors;
    this.#at = now;
  }

  /** Does it fail significantly more often than its peers? AWS does not publish its threshold; this one is cautious. */
  anomalousAmong(peers: () => readonly Health[], now: Instant): boolean {
    const own = this.#recent(now);
    if (own.requests < fewestRequests || own.errors < fewestErrors) return false;
    const all = peers().map((peer) => peer.#recent(now));
    const requests = all.reduce((sum, peer) => sum + peer.requests, 0);
    if (requests < fewestRequests) return false;
    const share = all.reduce((sum, peer) => sum + peer.errors, 0) / requests;
    const deviation = Math.sqrt((Math.max(share, 0.002) * (1 - share)) / own.requests);
    const rate = own.errors / own.requests;
    return rate > 0.03 + 2 * share && rate > share + 4 * deviation;
  }

  #recent(now: Instant): Recent {
    const left = fading(now - this.#at);
    return { requests: this.#requests * left, errors: this.#errors * left };
  }
}
