import type { ReasonCode } from '../contract/reasons.ts';
import type { Instant } from '../contract/time.ts';

/** Ordered: allow < hold < deny; the worst wins. `says` gives the figures. */
export type Verdict =
  | { readonly kind: 'allow' }
  | {
      readonly kind: 'hold';
      readonly reason: ReasonCode;
      readonly until: Instant;
      readonly says: string;
      /** All that are held for the same cause, this one among them: people are told of them together. */
      readonly among?: readonly HeldTogether[];
    }
  | { readonly kind: 'deny'; readonly reason: ReasonCode; readonly says: string };

/** An incident that is held with others. */
export type HeldTogether = { readonly service: string; readonly incident: string };

export type Finding = { readonly guardrail: string; readonly verdict: Verdict };

/** Detected is not enforced: what the guardrails say, and whether the mode lets it bite. */
export type Ruling = {
  readonly verdict: Verdict;
  /** Every guardrail's finding, the silent ones included. */
  readonly findings: readonly Finding[];
  /** `ask`: a person has to approve it first. */
  readonly bite: 'enforce' | 'ask' | 'withhold';
  /** Why it is withheld, where it is: the mode, or what came of asking. */
  readonly withheldFor?: ReasonCode;
};
