import { describe, expect, it } from 'vitest';
import { errors } from '../../../lambdas/contract/alarms/errors.ts';
import { type Series, value } from '../../../lambdas/contract/alarms/evaluate.ts';
import { settings } from '../../pipeline/diagnose/build.ts';

const percent = (series: Series, over: { dedicated: boolean; countUnanswered?: boolean }): number | null => {
  const spec = errors({
    ...settings,
    countUnanswered: over.countUnanswered ?? true,
    resources: { ...settings.resources, dedicatedLoadBalancer: over.dedicated },
  });
  return spec === undefined ? null : value(spec.expression, series, 0);
};

describe('the alarm on errors', () => {
  // The client gave up before the load balancer did, which counts no 5xx for it.
  const hung: Series = { requests: [1000], target2xx: [900] };
  const refused: Series = { requests: [1000], target2xx: [900], connectionErrors: [100], elb5xx: [100] };

  it.each([true, false])(
    'sees a hung task whose clients give up first (a load balancer of its own: %s)',
    (dedicated) => {
      expect(percent(hung, { dedicated })).toBe(10);
    },
  );

  it('counts no unanswered request where they are not to be counted', () => {
    expect(percent(hung, { dedicated: true, countUnanswered: false })).toBe(0);
    expect(percent(refused, { dedicated: true, countUnanswered: false })).toBe(10);
  });

  it('adds what the load balancer answered by itself and nothing else shows, where it has the load balancer for itself', () => {
    const noTarget: Series = { requests: [1000], target2xx: [1000], elb5xx: [500] };
    expect(percent(noTarget, { dedicated: true })).toBe(50);
    expect(percent(noTarget, { dedicated: false })).toBe(0);
  });

  it("does not count a request again for the load balancer's answer to it", () => {
    expect(percent({ ...hung, elb5xx: [100] }, { dedicated: true })).toBe(10);
    expect(percent(refused, { dedicated: true })).toBe(percent(refused, { dedicated: false }));
  });
});
