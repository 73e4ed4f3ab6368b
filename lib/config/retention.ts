import type { Duration } from '../../lambdas/contract/time.ts';

/** What CloudWatch Logs can keep (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html). */
const days = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

export const retentionsAllowed = `one of ${days.map((day) => `${day}d`).join(', ')}`;

export const isRetention = (kept: Duration): boolean => 'days' in kept && days.includes(kept.days);

/** Whole days; 0 for a duration that is no retention. */
export const retentionDays = (kept: Duration): number => ('days' in kept ? kept.days : 0);
