import type { Duration } from '../../contract/time.ts';

/** What one sweep does at most, and how long it leaves things to take their course. */
export type SweepLimits = {
  /** Questions about the teams' own alarms: a hundred names or one prefix each. The rest has its turn at the next sweep. */
  readonly ownQueries: number;
  /** Alarms that are picked up, and open incidents whose workflows are looked at. */
  readonly pickedUp: number;
  readonly tended: number;
  /** Services whose tasks are compared with their targets. */
  readonly compared: number;
  /** An event that is on its way has so long to be heard. */
  readonly hearing: Duration;
  /** An incident may be `starting` for so long, and a workflow that ended has so long to be heard of. */
  readonly starting: Duration;
  readonly ending: Duration;
  /** For so long after the end of an incident people are told again of what they may not have been told. */
  readonly retelling: Duration;
  /** For so long after its end what an incident left behind is looked for. */
  readonly aftermath: Duration;
  /** A task that has run for so long has had its time to be registered. */
  readonly registering: Duration;
  /** No workflow lives longer: whatever is open by then has none. */
  readonly longestWorkflow: Duration;
};

/**
 * CloudWatch allows nine DescribeAlarms a second in an account and Region, shared with everybody
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html): a sweep asks for far less.
 */
export const sweepLimits: SweepLimits = {
  ownQueries: 10,
  pickedUp: 100,
  tended: 50,
  compared: 10,
  hearing: { minutes: 1 },
  starting: { minutes: 2 },
  ending: { minutes: 5 },
  retelling: { minutes: 40 },
  aftermath: { hours: 1 },
  registering: { minutes: 5 },
  longestWorkflow: { hours: 97 },
};
