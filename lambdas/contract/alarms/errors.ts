import type { AlarmDefinition, Expression, MetricName } from './alarm.ts';

const count = (metric: MetricName): Expression => ({ op: 'metric', metric, missing: 0 });

const answered: Expression = {
  op: 'sum',
  of: [count('target2xx'), count('target3xx'), count('target4xx'), count('target5xx')],
};

/** Requests that got no answer from a target: a hung task raises neither latency nor 5xx of its own. */
const unanswered: Expression = { op: 'excess', of: count('requests'), over: answered };

/**
 * The share of requests that failed, from target-group metrics only: HTTPCode_ELB_* has no target-group dimension, so on a
 * shared load balancer one sick service would page every other.
 */
export const errors: AlarmDefinition = ({ alarms, countUnanswered, resources }) =>
  alarms.errors === null
    ? undefined
    : {
        kind: 'errors',
        means: 'Too many requests fail or are never answered.',
        expression: {
          op: 'gate',
          when: count('requests'),
          atLeast: alarms.errors.minimumRequests,
          value: {
            op: 'percent',
            part: {
              op: 'sum',
              of: [
                count('target5xx'),
                ...(resources.dedicatedLoadBalancer ? [count('elb5xx')] : [count('connectionErrors')]),
                ...(countUnanswered && !resources.dedicatedLoadBalancer ? [unanswered] : []),
              ],
            },
            whole: count('requests'),
          },
        },
        breachesWhen: 'above',
        missingData: 'not-breaching',
        scope: 'target-group',
        policy: alarms.errors,
      };
