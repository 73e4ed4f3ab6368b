import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MetricName, metricNames } from '../../lambdas/contract/alarms/alarm.ts';
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
          const below = (computed(expression, new Map(inputs)) ?? 0) < spec.policy.threshold;
          expect(below).toBe(breaches(spec, series, 0));
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
