import type { Draw } from './draw.ts';
import type { DrawnService } from './draw-service.ts';

/** As far as may be: what one limit is worth shows only where the others let an act pass. */
const wide = {
  minHealthyTargets: { count: 1, share: '0%' },
  maxShareDisrupted: { count: 2, share: '50%' },
  cooldown: '1m',
  repeatLimit: { count: 10, within: '1h' },
  survivorLoad: { most: '100%', capacityPerTask: '1000/s' },
  commonCause: { share: '100%' },
  failures: { count: 10, blockFor: '10m' },
  ineffective: { count: 10, within: '30m' },
  ban: { first: '1s', most: '1s', decayEvery: '5m' },
} as const;

const wideFleet = {
  velocity: { most: 4 },
  errorBudget: { share: '100%', atLeast: 100, within: '10m' },
  manyServices: { count: 100, share: '100%', within: '2m', afterActs: '1s' },
} as const;

type Recovery = { readonly limits: object; readonly fleet: object };

/** The same service where nothing stands in the way of an act but these limits, of its own and of all services. */
export const unbound = (service: DrawnService, limits: object = {}, fleet: object = {}): DrawnService => ({
  ...service,
  listeners: 1,
  recovery: {
    ...(service.recovery as Recovery),
    mode: 'automatic',
    actionModes: {},
    freezes: [],
    limits: { ...wide, ...limits },
    fleet: { ...wideFleet, ...fleet },
  },
});

/** The same service under a bold policy, sometimes: it keeps one of its own limits, or none. */
export function boldly(draw: Draw, service: DrawnService): DrawnService {
  if (!draw.chance(0.45)) return service;
  const { limits, fleet } = service.recovery as Recovery;
  const kept = draw.one(...(Object.keys({ ...wide, ...wideFleet, none: null }) as [string, ...string[]]));
  const keptOf = (own: object) => Object.fromEntries(Object.entries(own).filter(([name]) => name === kept));
  return unbound(service, keptOf(limits), keptOf(fleet));
}
