import type { ServiceSettings } from '../settings.ts';
import type { AlarmDefinition, Expression, MetricName } from './alarm.ts';

const count = (metric: MetricName): Expression => ({ op: 'metric', metric, missing: 0 });

const answered: Expression = {
  op: 'sum',
  of: [count('target2xx'), count('target3xx'), count('target4xx'), count('target5xx')],
};

/** Requests that got no answer from a target: a hung task raises neither latency nor 5xx of its own. */
const unanswered: Expression = { op: 'excess', of: count('requests'), over: answered };

/** What the load balancer answered by itself and is in none of the others: it knows no target group, so never on a shared one. */
const byLoadBalancer = (counted: readonly Expression[]): Expression => ({
  op: 'excess',
  of: count('elb5xx'),
  over: { op: 'sum', of: counted },
});

/**
 * Failed requests, each once but for refused connections, which are unanswered too. Unanswered ones don't show in
 * HTTPCode_ELB_5XX_Count where the client gave up before the load balancer did: that is a 460
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html).
 */
function failed({ countUnanswered, resources }: ServiceSettings): readonly Expression[] {
  const withoutAnswer = [count('connectionErrors'), ...(countUnanswered ? [unanswered] : [])];
  return [
    count('target5xx'),
    ...withoutAnswer,
    ...(resources.dedicatedLoadBalancer ? [byLoadBalancer(withoutAnswer)] : []),
  ];
}

/**
 * The share of requests that failed. HTTPCode_ELB_* has no target-group dimension, so on a shared load balancer one sick
 * service would page every other.
 */
export const errors: AlarmDefinition = (settings) =>
  settings.alarms.errors === null
    ? undefined
    : {
        kind: 'errors',
        means: 'Too many requests fail or are never answered.',
        expression: {
          op: 'gate',
          when: count('requests'),
          atLeast: settings.alarms.errors.minimumRequests,
          value: {
            op: 'percent',
            part: { op: 'sum', of: failed(settings) },
            whole: count('requests'),
          },
        },
        breachesWhen: 'above',
        missingData: 'not-breaching',
        scope: 'target-group',
        policy: settings.alarms.errors,
      };
