import type { AlarmDefinition } from './alarm.ts';

/**
 * The slow end of response times, silent below a minimum of requests: p95 needs 200 samples a minute to mean anything,
 * p99 1,000 (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/percentiles-with-low-samples.html).
 */
export const latency: AlarmDefinition = ({ alarms, latencyPercentile }) =>
  alarms.latency === null
    ? undefined
    : {
        kind: 'latency',
        means: `Requests are slow: ${latencyPercentile} of the response time is above the threshold.`,
        expression: {
          op: 'gate',
          when: { op: 'metric', metric: 'requests', missing: 0 },
          atLeast: alarms.latency.minimumRequests,
          value: { op: 'metric', metric: 'latency' },
        },
        breachesWhen: 'above',
        missingData: 'not-breaching',
        scope: 'target-group',
        policy: alarms.latency,
      };
