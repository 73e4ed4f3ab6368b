import type { ActionKind } from '../../../lambdas/contract/names.ts';
import { grants } from '../../../lambdas/contract/permissions.ts';
import type { Draw } from './draw.ts';

/** What a service sets in `recovery.yaml`: how bold, within which limits, how patient. Waits are short, so that runs are. */
export const drawPolicy = (draw: Draw, capacityPerTask: string): object => ({
  mode: draw.chance(0.08) ? 'observe' : 'automatic',
  ...(draw.chance(0.15) ? { actionModes: drawActionModes(draw) } : {}),
  senses: draw.one(
    ['anomaly-detection', 'task-logs'],
    ['anomaly-detection', 'task-logs'],
    ['anomaly-detection', 'task-logs'],
    ['anomaly-detection', 'task-logs'],
    ['task-logs'],
    ['anomaly-detection'],
  ),
  containerInsights: draw.chance(0.3),
  alarms: drawAlarms(draw),
  limits: drawLimits(draw, capacityPerTask),
  diagnosis: {
    suspectWithin: draw.minutes(10, 60),
    minimumVolume: draw.whole(10, 30),
    wornOutAfter: draw.one('1h', '1h', '24h'),
    knownGoodAfter: draw.one('10m', '30m', '1h'),
  },
  timing: drawTiming(draw),
  fleet: drawFleet(draw),
  ...(draw.chance(0.12) ? { freezes: [drawFreeze(draw)] } : {}),
});

const drawActionModes = (draw: Draw): object => ({
  [draw.one(...(Object.keys(grants) as [ActionKind, ...ActionKind[]]))]: draw.one('observe', 'automatic'),
});

const drawAlarms = (draw: Draw): object => ({
  latency: { minimumRequests: draw.whole(50, 200), breaching: draw.whole(1, 2), of: draw.whole(2, 3) },
  errors: { threshold: draw.percent(1, 5), minimumRequests: 50, breaching: draw.whole(1, 2), of: draw.whole(2, 3) },
});

const drawLimits = (draw: Draw, capacityPerTask: string): object => ({
  minHealthyTargets: { count: draw.whole(1, 3), share: draw.one('0%', '50%', '50%', '50%', '70%', '90%') },
  maxShareDisrupted: { count: draw.one(0, 1, 1, 1, 1, 2), share: draw.one('0%', '10%', '10%', '25%') },
  cooldown: draw.one('1m', '3m', '8m', '15m'),
  repeatLimit: { count: draw.one(1, 1, 2, 3, 3), within: draw.one('20m', '1h', '1h') },
  survivorLoad: {
    most: draw.one('80%', '80%', '60%', '100%'),
    ...(draw.chance(0.5) ? { capacityPerTask } : {}),
  },
  commonCause: { share: draw.one('50%', '50%', '30%', '20%') },
  failures: { count: draw.one(1, 2, 3), blockFor: draw.one('10m', '30m', '1h') },
  ineffective: { count: draw.one(1, 2, 3), within: draw.one('30m', '4h') },
  ban: {
    first: draw.one('2m', '20m', '30m'),
    most: draw.one('10m', '40m', '40m'),
    decayEvery: draw.one('5m', '1h', '1h'),
  },
});

const drawFleet = (draw: Draw): object => ({
  velocity: { most: draw.one(1, 2, 4) },
  errorBudget: {
    share: draw.one('0%', '25%', '50%', '50%'),
    atLeast: draw.one(1, 1, 2, 4),
    within: draw.one('10m', '1h', '24h'),
  },
  manyServices: {
    count: draw.one(1, 2, 3, 3),
    share: draw.one('0%', '10%', '50%'),
    within: draw.one('2m', '5m', '10m'),
    afterActs: draw.one('5m', '10m'),
  },
});
/** On the Monday on which every run begins. */
const drawFreeze = (draw: Draw): object =>
  draw.chance(0.5)
    ? { every: `monday 00:${clockMinute(draw.whole(0, 12))}`, for: draw.minutes(5, 20), why: 'Weekly closing.' }
    : {
        from: `2026-01-05T00:${clockMinute(draw.whole(0, 12))}Z`,
        until: `2026-01-05T00:${draw.whole(14, 40)}Z`,
        why: 'A sale.',
      };

const clockMinute = (minute: number): string => `${minute}`.padStart(2, '0');

const drawTiming = (draw: Draw): object => ({
  lap: draw.seconds(15, 60),
  // Mostly as long as the target groups say.
  drainFor: draw.one(undefined, undefined, undefined, '20s', '60s', '120s', '5m'),
  orderExpires: draw.seconds(45, 150),
  patience: draw.minutes(1, 5),
  undeterminedAfter: draw.seconds(60, 300),
  healingWithin: draw.minutes(3, 12),
  verifyWithin: draw.minutes(5, 7),
  deploymentWithin: draw.minutes(3, 12),
  incidentWithin: draw.minutes(10, 40),
  watchEvery: draw.minutes(1, 5),
});
