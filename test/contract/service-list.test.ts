import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serviceIdPattern } from '../../lambdas/contract/names.ts';
import { isListed, serviceListOf, serviceLists } from '../../lambdas/contract/service-list.ts';

const ids = fc.uniqueArray(fc.stringMatching(serviceIdPattern), { maxLength: 60 });

/** As the settings are read: the one list the service must be in. */
const isFound = (service: string, services: readonly string[]): boolean =>
  isListed(service, serviceLists(services).find(({ list }) => list === serviceListOf(service))?.text);

describe('the published lists of services', () => {
  it('hold every service and no other', () => {
    fc.assert(
      fc.property(ids, fc.stringMatching(serviceIdPattern), (services, other) => {
        for (const service of services) expect(isFound(service, services)).toBe(true);
        expect(isFound(other, services)).toBe(services.includes(other));
      }),
    );
  });

  it('do not take the beginning of a name for the name', () => {
    expect(isListed('check', 'checkout')).toBe(false);
    expect(isListed('checkout', 'cart checkout search')).toBe(true);
    expect(isListed('checkout', undefined)).toBe(false);
  });

  it('leave every other list as it is when a service comes or goes', () => {
    fc.assert(
      fc.property(ids, fc.stringMatching(serviceIdPattern), (services, added) => {
        const others = (all: readonly string[]) =>
          serviceLists(all).filter(({ list }) => list !== serviceListOf(added));
        expect(others([...services, added])).toEqual(others(services));
      }),
    );
  });

  it.each([
    ['numbered', (index: number) => `a-service-with-a-name-as-long-as-may-${String(index).padStart(3, '0')}`],
    ['told apart in front', (index: number) => `${String(index).padStart(3, '0')}-and-a-name-as-long-as-a-name-may-b`],
  ])('of 500 services with the longest names fit into standard parameters (%s)', (_, name) => {
    const services = Array.from({ length: 500 }, (__, index) => name(index).padEnd(40, 'x'));
    for (const { text } of serviceLists(services)) expect(text.length).toBeLessThanOrEqual(4096);
  });
});
