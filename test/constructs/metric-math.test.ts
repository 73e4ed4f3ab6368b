import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AlarmSpec, type MetricName, metricNames } from '../../lambdas/contract/alarms/alarm.ts';
import { alarmsOf } from '../../lambdas/contract/alarms/alarms.ts';
import { breaches, type Series, value } from '../../lambdas/contract/alarms/evaluate.ts';
import { seriesOf } from '../../lambdas/contract/alarms/watched.ts';
import { policyConfig } from '../../lib/config/policy.ts';
import { simulatedSettings } from '../../lib/config/settings.ts';
import { metricMath } from '../../lib/constructs/metric-math.ts';
import { computed } from './metric-math-interpreter.ts';

const specsOf = (policy: object) =>
  alarmsOf(simulatedSettings('web', policyConfig.parse(policy), { latencyThreshold: 0.4 }));

const everySpec = [
  ...specsOf({ containerInsights: true }),
  ...specsOf({ dedicatedLoadBalancer: true }),
  ...specsOf({ alarms: { errors: { countUnanswered: false, minimumRequests: 0 } } }),
];

/** As CloudWatch compares what it computed with the threshold. */
function isBreaching({ missingData, breachesWhen, policy }: AlarmSpec, at: number | null): boolean {
  if (at === null) return missingData === 'breaching';
  return breachesWhen === 'above' ? at > policy.threshold : at < policy.threshold;
}

/** Small numbers, so that sums meet and thresholds are hit; absent ones too. */
const minute = fc.record(
  Object.fromEntries(metricNames.map((name) => [name, fc.option(fc.integer({ min: 0, max: 300 }))])),
);

describe('metric math', () => {
  it.each(everySpec.map((spec) => [spec.kind, spec] as const))(
    'of the alarm %s computes what the contract evaluates, whatever was measured',
    (_, spec) => {
      const math = metricMath(spec.expression);
      fc.assert(
        fc.property(minute, (measured) => {
          const series: Series = Object.fromEntries(Object.entries(measured).map(([name, one]) => [name, [one]]));
          const inputs = math.metrics.map(({ id, metric }) => [id, measured[metric] ?? null] as const);
          expect(computed(math.expression, new Map(inputs))).toBe(value(spec.expression, series, 0));
        }),
        { numRuns: 300 },
      );
    },
  );

  it.each(everySpec.map((spec) => [spec.kind, spec] as const))(
    'of the alarm %s breaches as the contract says whether or not FILL fills a metric that was never published',
    (_, spec) => {
      const math = metricMath(spec.expression);
      const never = fc.subarray(math.metrics.map(({ id }) => id));
      fc.assert(
        fc.property(minute, never, (measured, ids) => {
          const empty = new Set(ids);
          const measuredAs = ({ id, metric }: (typeof math.metrics)[number]) =>
            empty.has(id) ? null : (measured[metric] ?? null);
          const inputs = new Map(math.metrics.map((input) => [input.id, measuredAs(input)] as const));
          const series: Series = Object.fromEntries(math.metrics.map((input) => [input.metric, [measuredAs(input)]]));
          expect(isBreaching(spec, computed(math.expression, inputs, empty))).toBe(breaches(spec, series, 0));
        }),
        { numRuns: 300 },
      );
    },
  );

  it('of a service over several groups has no value in a minute in which none of them has one', () => {
    for (const spec of everySpec.filter(({ scope }) => scope === 'all-groups')) {
      const { expression, metrics } = metricMath(spec.expression, 3);
      expect(computed(expression, new Map(metrics.map(({ id }) => [id, null])))).toBeNull();
    }
  });

  it.each([2, 5])('over %d target groups breaches when the contract says so, idle groups included', (count) => {
    const groupsMinute = fc.array(fc.option(fc.integer({ min: 0, max: 3 })), { minLength: count, maxLength: count });
    const overAll = everySpec.filter(({ scope }) => scope === 'all-groups');
    expect(overAll.map(({ kind }) => kind)).toContain('no-capacity');
    for (const spec of overAll) {
      const { expression, metrics } = metricMath(spec.expression, count);
      expect(metrics).toHaveLength(count);
      fc.assert(
        fc.property(groupsMinute, (healthy) => {
          const inputs = metrics.map(({ id, group }) => [id, healthy[group] ?? null] as const);
          const series = seriesOf(
            spec,
            healthy.map((one) => ({ healthyHosts: [one] })),
            {},
          );
          expect(isBreaching(spec, computed(expression, new Map(inputs)))).toBe(breaches(spec, series, 0));
        }),
      );
    }
  });

  it('stays within what an alarm may hold: ten metrics, and 2,048 characters', () => {
    for (const spec of everySpec) {
      const { expression, metrics } = metricMath(spec.expression, spec.scope === 'all-groups' ? 5 : 1);
      expect(metrics.length).toBeLessThanOrEqual(10);
      expect(expression.length).toBeLessThanOrEqual(2048);
    }
  });

  it('names each metric once', () => {
    for (const spec of everySpec) {
      const names: readonly MetricName[] = metricMath(spec.expression).metrics.map(({ metric }) => metric);
      expect(new Set(names).size).toBe(names.length);
    }
  });
});
