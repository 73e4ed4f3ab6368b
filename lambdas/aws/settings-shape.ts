import { alarmKinds } from '../contract/names.ts';
import { grants } from '../contract/permissions.ts';
import { modes, senses, settingsVersion } from '../contract/settings.ts';
import {
  anyText,
  type Check,
  duration,
  flag,
  list,
  notNegative,
  nullable,
  object,
  oneOf,
  optional,
  positive,
  share,
  text,
} from './shape.ts';

const each = (names: readonly string[], check: Check): Check =>
  object(Object.fromEntries(names.map((name) => [name, check])));

const resources = object({
  cluster: text,
  service: text,
  // A service without a load balancer has neither: it is observed.
  loadBalancer: anyText,
  targetGroups: list(text),
  dedicatedLoadBalancer: flag,
  containerInsights: flag,
  logs: nullable(object({ logGroup: text, status: text, duration: text, durationPerSecond: positive })),
  stack: nullable(text),
});

const alarmPolicy = object({ threshold: notNegative, minimumRequests: notNegative, breaching: positive, of: positive });

const limits = object({
  minHealthyTargets: object({ count: notNegative, share }),
  maxShareDisrupted: object({ count: notNegative, share }),
  cooldown: duration,
  repeatLimit: object({ count: notNegative, within: duration }),
  survivorLoad: object({ capacityPerTask: nullable(positive), most: share }),
  commonCause: object({ share }),
  failures: object({ count: positive, blockFor: duration }),
  ineffective: object({ count: positive, within: duration }),
  takeOutAgain: object({ count: notNegative }),
  ban: object({ first: duration, most: duration, decayEvery: duration }),
});

const fleet = object({
  velocity: object({ most: positive }),
  errorBudget: object({ share, atLeast: positive, within: duration }),
  manyServices: object({ count: positive, share, within: duration, afterActs: duration }),
});

const freeze = object({
  why: text,
  from: optional(notNegative),
  until: optional(notNegative),
  weekday: optional(notNegative),
  minute: optional(notNegative),
  lasts: optional(duration),
});

const diagnosis = object({
  suspectWithin: duration,
  minimumVolume: notNegative,
  wornOutAfter: duration,
  knownGoodAfter: duration,
});

const waits = each(
  [
    'lap',
    'lapWhileOut',
    'idleFor',
    'orderExpires',
    'patience',
    'undeterminedAfter',
    'healingWithin',
    'verifyWithin',
    'deploymentWithin',
    'approvalWithin',
    'incidentWithin',
    'watchEvery',
  ],
  duration,
);
const ownDraining = object({ drainFor: nullable(duration) });
const timing: Check = (value, path) => waits(value, path) ?? ownDraining(value, path);

/** Says what is wrong with a published configuration; `undefined` when this version can work with it. */
export const flawIn = (value: unknown, pipeline: string, service: string): string | undefined =>
  object({
    version: oneOf(settingsVersion),
    pipeline: oneOf(pipeline),
    id: oneOf(service),
    owner: text,
    runbook: text,
    topic: text,
    ledgerTable: text,
    region: text,
    resources,
    senses: list(oneOf(...senses)),
    mode: oneOf(...modes),
    actionModes: each(Object.keys(grants), optional(oneOf(...modes))),
    enforce: notNegative,
    alarms: each(alarmKinds, nullable(alarmPolicy)),
    latencyPercentile: text,
    countUnanswered: flag,
    signals: list(object({ alarm: text, match: oneOf('exact', 'prefix'), kind: oneOf(...alarmKinds) })),
    dependsOn: list(text),
    freezes: list(freeze),
    limits,
    fleet,
    diagnosis,
    timing,
  })(value, 'settings');
