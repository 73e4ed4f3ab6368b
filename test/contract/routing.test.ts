import { describe, expect, it } from 'vitest';
import { canBeGivenRequests, crossesZones, longestDelay, spreadsEvenly } from '../../lambdas/contract/routing.ts';
import type { TargetState } from '../../lambdas/model/facts.ts';
import { groupA, groupB, routing, target } from '../pipeline/build.ts';

const given = (state: TargetState, others: readonly TargetState[], how = routing()) => {
  const own = target(1, state);
  return canBeGivenRequests(own, [own, ...others.map((each, i) => target(i + 2, each))], how);
};

describe('canBeGivenRequests', () => {
  it.each<[TargetState, boolean]>([
    ['healthy', true],
    ['unavailable', true],
    ['initial', false],
    ['unhealthy', false],
    ['draining', false],
    ['unused', false],
  ])('of a target that is %s beside healthy ones is %s', (state, answer) => {
    expect(given(state, ['healthy', 'healthy'])).toBe(answer);
  });

  it.each<TargetState>(['initial', 'unhealthy'])('counts one that is %s when no other is healthy', (state) => {
    expect(given(state, ['unhealthy', 'draining'])).toBe(true);
    expect(given(state, [])).toBe(true);
  });

  it('never counts one that drains, whatever the others do', () => {
    expect(given('draining', [])).toBe(false);
  });

  it.each([
    [{ count: 3, share: 0 }, 2, true],
    [{ count: 3, share: 0 }, 3, false],
    [{ count: 1, share: 0.5 }, 1, false],
    [{ count: 1, share: 0.6 }, 1, true],
  ])('with a limit of %o and %i others healthy is %s', (failsOpenBelow, healthy, answer) => {
    const others = Array.from({ length: healthy }, (): TargetState => 'healthy');
    // One that drains is registered no more.
    expect(given('initial', [...others, 'draining'], routing({ failsOpenBelow }))).toBe(answer);
  });

  it('counts healthy targets of its own target group only', () => {
    const own = target(1, 'initial');
    expect(canBeGivenRequests(own, [own, target(2, 'healthy', groupB)], routing())).toBe(true);
  });

  it('cannot be ruled out where how requests are sent is not known, or each zone is counted by itself', () => {
    const own = target(1, 'initial');
    expect(canBeGivenRequests(own, [own, target(2)], null)).toBe(true);
    expect(canBeGivenRequests(own, [own, target(2)], routing({}, [groupB]))).toBe(true);
    expect(given('initial', ['healthy'], routing({ crossZone: false }))).toBe(true);
  });
});

describe('longestDelay', () => {
  const two = [
    ...routing({ deregistrationDelay: { minutes: 5 } }, [groupA]),
    ...routing({ deregistrationDelay: { seconds: 900 } }, [groupB]),
  ];

  it('is that of the slowest target group', () => {
    expect(longestDelay(two, [groupA])).toEqual({ minutes: 5 });
    expect(longestDelay(two, [groupA, groupB])).toEqual({ seconds: 900 });
    expect(longestDelay(two, [groupB, groupA])).toEqual({ seconds: 900 });
  });

  it('is not known when one of them is not', () => {
    expect(longestDelay(null, [groupA])).toBeNull();
    expect(longestDelay(routing({}, [groupA]), [groupA, groupB])).toBeNull();
  });
});

describe('crossesZones', () => {
  it('says no as soon as one target group keeps requests in their zone, and nothing when that is not known', () => {
    expect(crossesZones(routing())).toBe(true);
    expect(crossesZones([...routing({}, [groupA]), ...routing({ crossZone: false }, [groupB])])).toBe(false);
    expect(crossesZones(null)).toBeNull();
  });
});

describe('spreadsEvenly', () => {
  it('says no of sticky clients, of the least outstanding requests, and of anomaly mitigation', () => {
    expect(spreadsEvenly(routing())).toBe(true);
    expect(spreadsEvenly(routing({ algorithm: 'weighted-random' }))).toBe(true);
    expect(spreadsEvenly(routing({ sticky: true }))).toBe(false);
    expect(spreadsEvenly(routing({ algorithm: 'least-outstanding-requests' }))).toBe(false);
    expect(spreadsEvenly(routing({ algorithm: 'weighted-random', anomalyMitigation: true }))).toBe(false);
    expect(spreadsEvenly(null)).toBe(true);
  });
});
