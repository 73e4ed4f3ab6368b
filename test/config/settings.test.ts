import { describe, expect, it } from 'vitest';
import { mergePolicy } from '../../lib/config/merge.ts';
import { policyConfig } from '../../lib/config/policy.ts';
import { simulatedSettings } from '../../lib/config/settings.ts';

const given = { latencyThreshold: 0.4 };

describe('settings', () => {
  it('have the defaults others rely on', () => {
    expect(simulatedSettings('web', {}, given)).toMatchObject({
      mode: 'observe',
      senses: ['anomaly-detection', 'task-logs'],
      latencyPercentile: 'p95',
      countUnanswered: true,
      alarms: {
        latency: { threshold: 0.4, minimumRequests: 200, breaching: 2, of: 3 },
        errors: { threshold: 2, minimumRequests: 50, breaching: 2, of: 3 },
        'unhealthy-targets': { threshold: 0, breaching: 2, of: 3 },
        'no-capacity': { threshold: 1, breaching: 2, of: 3 },
        'below-desired': { threshold: 0, breaching: 2, of: 3 },
      },
      limits: {
        minHealthyTargets: { count: 1, share: 0.5 },
        maxShareDisrupted: { count: 1, share: 0.1 },
        cooldown: { minutes: 5 },
        repeatLimit: { count: 3, within: { hours: 1 } },
        survivorLoad: { capacityPerTask: null, most: 0.8 },
        commonCause: { share: 0.5 },
        failures: { count: 3, blockFor: { hours: 1 } },
        ineffective: { count: 3, within: { hours: 4 } },
        takeOutAgain: { count: 10 },
        ban: { first: { seconds: 30 }, most: { minutes: 5 }, decayEvery: { hours: 1 } },
      },
      enforce: 100,
      dependsOn: [],
      freezes: [],
      fleet: {
        velocity: { most: 4 },
        errorBudget: { share: 0.5, atLeast: 4, within: { hours: 24 } },
        manyServices: { count: 3, share: 0.1, within: { minutes: 5 }, afterActs: { minutes: 10 } },
      },
      diagnosis: {
        suspectWithin: { minutes: 60 },
        minimumVolume: 30,
        wornOutAfter: { hours: 24 },
        knownGoodAfter: { hours: 1 },
      },
      timing: {
        orderExpires: { minutes: 2 },
        patience: { minutes: 5 },
        verifyWithin: { minutes: 5 },
        lapWhileOut: { seconds: 5 },
        drainFor: null,
        idleFor: { seconds: 30 },
      },
    });
  });

  it('take every field of the policy', () => {
    const policy = policyConfig.parse({
      mode: 'automatic',
      senses: [],
      alarms: {
        latency: { threshold: '1s', percentile: 'p99' },
        errors: { countUnanswered: false },
        'no-capacity': 'none',
      },
      limits: { repeatLimit: { count: 1 } },
      timing: { patience: '90s', drainFor: '2m' },
      containerInsights: true,
    });
    const settings = simulatedSettings('web', policy, given);
    expect(settings).toMatchObject({
      mode: 'automatic',
      senses: [],
      latencyPercentile: 'p99',
      countUnanswered: false,
      limits: { repeatLimit: { count: 1, within: { hours: 1 } } },
      timing: { patience: { seconds: 90 }, lap: { seconds: 30 }, drainFor: { minutes: 2 } },
      resources: { containerInsights: true },
    });
    expect(settings.alarms.latency?.threshold).toBe(1);
    expect(settings.alarms['no-capacity']).toBeNull();
  });

  it('have no alarm at all with alarms: none', () => {
    const { alarms } = simulatedSettings('web', policyConfig.parse({ alarms: 'none' }), given);
    expect(Object.values(alarms)).toEqual([null, null, null, null, null]);
  });

  it('share a load balancer only where it is named', () => {
    const of = (id: string, loadBalancer?: string) =>
      simulatedSettings(id, {}, loadBalancer === undefined ? given : { ...given, loadBalancer }).resources.loadBalancer;
    expect(of('a', 'front')).toBe(of('b', 'front'));
    expect(of('a')).not.toBe(of('b'));
  });
});

describe('merging policies', () => {
  it('replaces durations and lists as a whole', () => {
    const base = policyConfig.parse({ limits: { cooldown: '5m' }, senses: ['task-logs'] });
    const over = policyConfig.parse({ limits: { cooldown: '1h' }, senses: [] });
    expect(mergePolicy(base, over)).toMatchObject({ limits: { cooldown: { hours: 1 } }, senses: [] });
    expect(mergePolicy(base, over).limits?.cooldown).toEqual({ hours: 1 });
  });

  it('lets a service have alarms where the defaults have none, and the other way round', () => {
    const none = policyConfig.parse({ alarms: 'none' });
    const some = policyConfig.parse({ alarms: { latency: { threshold: '1s' } } });
    expect(mergePolicy(none, some).alarms).toEqual({ latency: { threshold: 1 } });
    expect(mergePolicy(some, none).alarms).toBe('none');
  });
});
