import type { ActionKind } from '../../lambdas/contract/names.ts';
import type { ReasonCode } from '../../lambdas/contract/reasons.ts';
import type { Mode } from '../../lambdas/contract/settings.ts';
import type { Instant } from '../../lambdas/contract/time.ts';
import type { DiagnosisKind } from '../../lambdas/model/diagnosis.ts';
import type { Check, Outcome } from '../../lambdas/model/incident.ts';
import type { LedgerEntry } from '../../lambdas/model/ledger-entry.ts';
import type { Message } from '../../lambdas/model/message.ts';

/** How a whole run ended: the worst of its incidents, or none at all. `open` is an incident that nobody ended. */
export type RunOutcome = Outcome | 'open' | 'no-incident';

/** Times in seconds since the start of the scenario; `closedAt` null while it is open. */
export type IncidentResult = {
  readonly id: string;
  readonly service: string;
  /** The newest diagnosis that says what is wrong; null when none was made. */
  readonly diagnosis: DiagnosisKind | null;
  readonly outcome: Outcome | 'open';
  readonly openedAt: number;
  readonly closedAt: number | null;
  /** Why it was handed over; null otherwise. */
  readonly reason: ReasonCode | null;
};

/** One proposal and what became of it, in the order of the ledger; orders of one rung for the same are one. */
export type ActionResult = {
  /** Seconds since the start of the scenario. */
  readonly at: number;
  readonly service: string;
  readonly incident: string;
  readonly kind: ActionKind;
  readonly subject: string;
  readonly verdict: 'allow' | 'hold' | 'deny';
  /** Why it was not done; null when it was. */
  readonly reason: ReasonCode | null;
  /** It was written down as an order; whether that was carried out, `enforced` says. */
  readonly ordered: boolean;
  /** How often it was ordered; 1 for what was only proposed. */
  readonly times: number;
  /** It really changed the world. */
  readonly enforced: boolean;
  /** What verifying it said last; null when it was never checked. */
  readonly check: Check | null;
};

export type Notification = {
  /** Seconds since the start of the scenario. */
  readonly at: number;
  readonly topic: string;
  readonly subject: string;
  readonly body: string;
  readonly attributes: Pick<Message, 'service' | 'severity' | 'kind' | 'dedupKey' | 'status'>;
  /** How many people with a confirmed subscription got it. */
  readonly people: number;
};

/** True traffic of one service, one value per minute from the start on. Null where there was no request to measure. */
export type ServiceSeries = {
  readonly service: string;
  readonly desired: number;
  /** Such as `p95`; what `latency` holds and its alarm watches. */
  readonly percentile: string;
  /** Seconds, and percent: where the alarms of the service draw their lines. Null without such an alarm. */
  readonly thresholds: { readonly latency: number | null; readonly errors: number | null };
  readonly requests: readonly number[];
  readonly errorPercent: readonly (number | null)[];
  /** Seconds. */
  readonly latency: readonly (number | null)[];
  /** Targets that pass their health checks and take traffic, at the end of the minute. */
  readonly healthyTargets: readonly number[];
};

/** One change of the world as the world saw it. */
export type WorldChange = {
  /** Seconds since the start of the scenario. */
  readonly at: number;
  readonly service: string;
  readonly kind: string;
  readonly subject: string;
};

/** Everything one played scenario says; prints as JSON as it is. Extend it, never rename. */
export type RunResult = {
  readonly scenario: string;
  readonly description: string;
  readonly seed: number;
  /** What the command line asked for instead of the services' own modes; null when it did not. */
  readonly mode: Mode | null;
  /** What was left out of the run; null when nothing was. */
  readonly without: string | null;
  readonly outcome: RunOutcome;
  /** Seconds since the true traffic first left the thresholds (`troubleAt`); null if never. */
  readonly detectedAt: number | null;
  readonly mitigatedAt: number | null;
  readonly recoveredAt: number | null;
  readonly handedOverAt: number | null;
  /**
   * The first message that triggers for the service in trouble, in seconds since then; where the true traffic never left the
   * thresholds, since the first fault. Null when there was none.
   */
  readonly toldAt: number | null;
  /** When the true traffic first left the thresholds, in seconds since the start; null if it never did. */
  readonly troubleAt: number | null;
  readonly incidents: readonly IncidentResult[];
  readonly actions: readonly ActionResult[];
  readonly notifications: readonly Notification[];
  /** True traffic: `slow` took longer than the latency threshold; `bad` is failed or slow, each once. */
  readonly requests: {
    readonly total: number;
    readonly failed: number;
    readonly slow: number;
    readonly bad: number;
  };
  /** Service → the release that most of its healthy targets run at the end; null when none is healthy. */
  readonly inService: Readonly<Record<string, string | null>>;
  /** How many tasks without a fault of their own were taken out or stopped. */
  readonly wellTasksOut: number;
  /** The releases that are condemned at the end. */
  readonly condemned: readonly string[];
  /** Events and ended workflows that wait in a net, since three attempts could not deal with them. */
  readonly netted: number;
  /** Broken promises, one sentence each; empty in a good run. */
  readonly violations: readonly string[];
  readonly expectationsMet: boolean;
  /** One sentence for each expectation that was not met. */
  readonly failures: readonly string[];
  /** One line for people. */
  readonly summary: string;
  /** When the scenario starts (the ledger's own clock), and how many seconds it lasts. */
  readonly startedAt: Instant;
  readonly duration: number;
  readonly faults: readonly { readonly at: number; readonly kind: string; readonly service: string | null }[];
  readonly changes: readonly WorldChange[];
  readonly series: readonly ServiceSeries[];
  readonly ledger: readonly LedgerEntry[];
};
