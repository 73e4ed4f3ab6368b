import type { Instant } from '../contract/time.ts';

/** What is open for one service from its first firing signal on. */
export type Incident = {
  readonly id: string;
  readonly service: string;
  readonly openedAt: Instant;
  /** Counts the incidents of the service: the epoch of its lease. */
  readonly fence: number;
  /**
   * `starting` until its workflow runs; `handed-over` keeps its service until the alarms are OK, and starts nothing.
   * `closed` has freed it.
   */
  readonly status: 'starting' | 'started' | 'handed-over' | 'closed';
};

/** What starts a workflow. Nothing else: Lambda refuses a second start under the same name whose payload differs. */
export type Start = { readonly incidentId: string };

/** What verifying an act says. `came-back`: ECS has taken it back by itself, so that nobody knows whether it would have helped. */
export type Check = 'helped' | 'not-yet' | 'no-change' | 'worse' | 'cannot-tell' | 'came-back';

/**
 * Why an act that did not help is taken back though it made nothing worse: the tasks of the release that was gone back to do not
 * start, or they suffer like those before.
 */
export type CheckReason = 'tasks-do-not-start' | 'suffers-alike';

/** How an incident ends. */
export type Outcome = 'recovered' | 'handed-over';
