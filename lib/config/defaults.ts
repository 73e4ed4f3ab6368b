import type { Mode, Sense } from '../../lambdas/contract/settings.ts';

/** What a service has when it says nothing, as people would write it. The schema shows these, the settings are made of them. */
export const policyDefaults = {
  mode: 'observe' satisfies Mode,
  enforce: '100%',
  senses: ['anomaly-detection', 'task-logs'] satisfies Sense[],
  dedicatedLoadBalancer: false,
  containerInsights: false,
  alarms: {
    latency: { percentile: 'p95', minimumRequests: 200, breaching: 2, of: 3 },
    errors: { threshold: '2%', minimumRequests: 50, countUnanswered: true, breaching: 2, of: 3 },
    'unhealthy-targets': { threshold: 0, breaching: 2, of: 3 },
    'no-capacity': { threshold: 1, breaching: 2, of: 3 },
    'below-desired': { threshold: 0, breaching: 2, of: 3 },
  },
  limits: {
    minHealthyTargets: { count: 1, share: '50%' },
    maxShareDisrupted: { count: 1, share: '10%' },
    cooldown: '5m',
    repeatLimit: { count: 3, within: '1h' },
    survivorLoad: { most: '80%' },
    commonCause: { share: '50%' },
    failures: { count: 3, blockFor: '1h' },
    ineffective: { count: 3, within: '4h' },
    takeOutAgain: { count: 10 },
    ban: { first: '30s', most: '5m', decayEvery: '1h' },
  },
  fleet: {
    velocity: { most: 4 },
    errorBudget: { share: '50%', atLeast: 4, within: '24h' },
    manyServices: { count: 3, share: '10%', within: '5m', afterActs: '10m' },
  },
  diagnosis: { suspectWithin: '60m', minimumVolume: 30, wornOutAfter: '24h', knownGoodAfter: '1h' },
  timing: {
    lap: '30s',
    lapWhileOut: '5s',
    idleFor: '30s',
    orderExpires: '2m',
    patience: '5m',
    undeterminedAfter: '90s',
    healingWithin: '15m',
    verifyWithin: '5m',
    deploymentWithin: '15m',
    approvalWithin: '15m',
    incidentWithin: '60m',
    watchEvery: '5m',
  },
} as const;

/** ECS and CDK give a service no managed tags unless they are told to. */
export const identityDefaults = { managedTags: false } as const;

export const installDefaults = {
  rolePath: '/',
  logRetention: '90d',
  removal: 'keep',
  reserveConcurrency: true,
  sweepEvery: '1m',
  messages: { most: 20, window: '10m' },
} as const;
