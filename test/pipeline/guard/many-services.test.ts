import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ServiceSettings } from '../../../lambdas/contract/settings.ts';
import type { ServiceIncident } from '../../../lambdas/model/fleet.ts';
import { manyServices } from '../../../lambdas/pipeline/guard/many-services.ts';
import {
  act,
  cluster,
  fleet,
  guardFacts,
  history,
  minutes,
  now,
  onTask,
  seconds,
  settings,
  thisIncident,
} from '../build.ts';

const proposal = onTask('deregister-target', 1);
const place = { loadBalancer: 'app/own/1', cluster: 'elsewhere', dependsOn: [] };
const openedAt = now - minutes(2);
const sick = (service: string, change: Partial<ServiceIncident> = {}): ServiceIncident => ({
  service,
  incident: `incident of ${service}`,
  openedAt,
  closedAt: null,
  actedAt: null,
  place: { ...place, loadBalancer: `app/${service}/1` },
  ...change,
});
const own = sick('checkout', { incident: thisIncident, place: { ...place, cluster } });
const check = (
  incidents: readonly ServiceIncident[],
  change: { readonly services?: number; readonly dependsOn?: readonly string[]; readonly loadBalancer?: string } = {},
) => {
  const base = settings();
  const of: ServiceSettings = {
    ...base,
    dependsOn: change.dependsOn ?? [],
    resources: { ...base.resources, loadBalancer: change.loadBalancer ?? base.resources.loadBalancer },
  };
  return manyServices.check(
    proposal,
    guardFacts({ settings: of, fleet: fleet({ services: change.services ?? 10, incidents: [own, ...incidents] }) }),
  );
};
const several = (count: number) => Array.from({ length: count }, (_, n) => sick(`s${n}`));
const sameBalancer = { ...place, loadBalancer: settings().resources.loadBalancer };

describe('many-services', () => {
  it('holds when more than three services fell sick at about the same time, and names them', () => {
    expect(check(several(2)).kind).toBe('allow');
    expect(check(several(3))).toEqual({
      kind: 'hold',
      reason: 'services.many',
      until: now + seconds(30),
      says: '4 services in trouble at once share the time: 4 of 10 services: checkout, s0, s1, s2.',
      among: [
        { service: 'checkout', incident: thisIncident },
        ...[0, 1, 2].map((n) => ({ service: `s${n}`, incident: `incident of s${n}` })),
      ],
    });
  });

  it('lets a tenth of many services be sick', () => {
    expect(check(several(5), { services: 60 }).kind).toBe('allow');
    expect(check(several(6), { services: 60 }).kind).toBe('hold');
  });

  it('counts what opened within five minutes of it, before or after, and is still open', () => {
    const three = (change: Partial<ServiceIncident>) => check(several(3).map((each) => ({ ...each, ...change }))).kind;
    for (const way of [-1, 1]) {
      expect(three({ openedAt: openedAt + way * minutes(5) })).toBe('hold');
      expect(three({ openedAt: openedAt + way * (minutes(5) + 1) })).toBe('allow');
    }
    expect(three({ closedAt: now })).toBe('allow');
  });

  it('holds when one other service behind its load balancer fell sick with it', () => {
    expect(check([sick('cart', { place: sameBalancer })])).toMatchObject({
      reason: 'services.many',
      says: `2 services in trouble at once share the load balancer ${sameBalancer.loadBalancer}: checkout, cart.`,
    });
    expect(check([sick('cart', { place: sameBalancer, openedAt: now - minutes(30) })]).kind).toBe('allow');
    expect(check([sick('cart', { place: null })]).kind).toBe('allow');
    expect(check([sick('cart', { place: { ...place, loadBalancer: '' } })], { loadBalancer: '' }).kind).toBe('allow');
  });

  it('holds when three of a cluster are sick and none of another, of which there is one', () => {
    const here = (service: string) => sick(service, { place: { ...place, loadBalancer: service, cluster } });
    const wellElsewhere = sick('far', { closedAt: now - minutes(60) });
    expect(check([here('a'), here('b'), wellElsewhere])).toMatchObject({
      says: `3 services in trouble at once share the cluster ${cluster}: checkout, a, b.`,
    });
    expect(check([here('a'), here('b')]).kind).toBe('allow');
    expect(check([here('a'), wellElsewhere]).kind).toBe('allow');
    expect(check([here('a'), sick('far'), wellElsewhere]).kind).toBe('allow');
  });

  it('holds while what it depends on is in an incident, however long that is open', () => {
    const since = { openedAt: now - minutes(600) };
    expect(check([sick('cart', since)], { dependsOn: ['cart'] })).toMatchObject({
      reason: 'services.many',
      says: '2 services in trouble at once share the dependency cart: checkout, cart.',
    });
    expect(check([sick('cart', since)], { dependsOn: ['search'] }).kind).toBe('allow');
    expect(check([sick('cart', { ...since, closedAt: now })], { dependsOn: ['cart'] }).kind).toBe('allow');
  });

  describe('a neighbour that was treated', () => {
    const treated = (before: number, change: Partial<ServiceIncident> = {}) =>
      sick('cart', { openedAt: now - minutes(60), closedAt: now, actedAt: openedAt - before, ...change });

    it('holds within ten minutes before the trouble began, and no longer', () => {
      expect(check([treated(minutes(10))], { dependsOn: ['cart'] })).toMatchObject({
        kind: 'hold',
        reason: 'services.neighbour',
        until: now + seconds(30),
        says: 'Paramedic changed cart, a neighbour, 10 min before this trouble began.',
      });
      expect(check([treated(minutes(10) + 1)], { dependsOn: ['cart'] }).kind).toBe('allow');
      expect(check([treated(0, { actedAt: null })], { dependsOn: ['cart'] }).kind).toBe('allow');
    });

    it('is one that shares the load balancer, or depends on it, or that it depends on', () => {
      const one = treated(minutes(1));
      expect(check([{ ...one, place: sameBalancer }]).kind).toBe('hold');
      expect(check([{ ...one, place: { ...place, dependsOn: ['checkout'] } }]).kind).toBe('hold');
      expect(check([one]).kind).toBe('allow');
      expect(check([{ ...one, place: null }]).kind).toBe('allow');
      expect(check([{ ...one, place: { ...place, loadBalancer: '' } }], { loadBalancer: '' }).kind).toBe('allow');
    });

    it('counts too when it was sick before and was changed since, but not when it fell sick later', () => {
      const since = treated(-minutes(1));
      expect(check([since], { dependsOn: ['cart'] })).toMatchObject({
        says: 'Paramedic changed cart, a neighbour, 60 s after this trouble began.',
      });
      expect(check([{ ...since, openedAt: openedAt + 1 }], { dependsOn: ['cart'] }).kind).toBe('allow');
      expect(check([treated(-minutes(10))], { dependsOn: ['cart'] }).kind).toBe('hold');
      expect(check([treated(-minutes(10) - 1)], { dependsOn: ['cart'] }).kind).toBe('allow');
    });
  });

  it('takes an incident that the others do not know of for one that opens now', () => {
    const unknown = guardFacts({
      fleet: fleet({ incidents: several(3).map((each) => ({ ...each, openedAt: now - minutes(5) })) }),
    });
    expect(manyServices.check(proposal, unknown).kind).toBe('hold');
  });

  it('lets what was begun be completed, and holds while it cannot be read', () => {
    const helped = history({ acts: [act(proposal, now, { check: 'helped' })] });
    const many = guardFacts({ history: helped, fleet: fleet({ incidents: [own, ...several(9)] }) });
    expect(manyServices.check(proposal, many).kind).toBe('allow');
    const blind = guardFacts({ fleet: { kind: 'unreadable', because: 'no' } });
    expect(manyServices.check(proposal, blind)).toMatchObject({ kind: 'hold', reason: 'fleet.unreadable' });
  });

  it('allows whatever happens elsewhere when nothing is open there and nothing was changed', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 20 }), (ages) => {
        const closed = ages.map((age, n) => sick(`s${n}`, { openedAt: now - seconds(age), closedAt: now }));
        expect(check(closed).kind).toBe('allow');
      }),
    );
  });
});
