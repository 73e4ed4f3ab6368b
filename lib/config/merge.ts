import type { PolicyConfig } from './policy.ts';

type Alarms = Exclude<PolicyConfig['alarms'], 'none' | undefined>;

/** Fields of `over` win, one by one; a field it leaves out stays as it was. */
function layered<T extends object>(base: T | undefined, over: T | undefined): T | undefined {
  if (base === undefined || over === undefined) return over ?? base;
  const set = Object.entries(over).filter(([, value]) => value !== undefined);
  return { ...base, ...Object.fromEntries(set) };
}

/** `none` and a mapping replace each other; two mappings are layered. */
function layeredOrNone<T extends object>(base: T | 'none' | undefined, over: T | 'none' | undefined) {
  if (over === 'none' || base === 'none') return over ?? base;
  return layered(base, over);
}

function mergeAlarms(base: PolicyConfig['alarms'], over: PolicyConfig['alarms']): PolicyConfig['alarms'] {
  if (base === 'none' || over === 'none') return over ?? base;
  const merged: Required<{ [K in keyof Alarms]: Alarms[K] | undefined }> = {
    latency: layeredOrNone(base?.latency, over?.latency),
    errors: layeredOrNone(base?.errors, over?.errors),
    'unhealthy-targets': layeredOrNone(base?.['unhealthy-targets'], over?.['unhealthy-targets']),
    'no-capacity': layeredOrNone(base?.['no-capacity'], over?.['no-capacity']),
    'below-desired': layeredOrNone(base?.['below-desired'], over?.['below-desired']),
  };
  return merged as Alarms;
}

function mergeLimits(base: PolicyConfig['limits'], over: PolicyConfig['limits']): PolicyConfig['limits'] {
  if (base === undefined || over === undefined) return over ?? base;
  const inner = {
    minHealthyTargets: layered(base.minHealthyTargets, over.minHealthyTargets),
    maxShareDisrupted: layered(base.maxShareDisrupted, over.maxShareDisrupted),
    repeatLimit: layered(base.repeatLimit, over.repeatLimit),
    survivorLoad: layered(base.survivorLoad, over.survivorLoad),
    commonCause: layered(base.commonCause, over.commonCause),
    failures: layered(base.failures, over.failures),
    ineffective: layered(base.ineffective, over.ineffective),
    takeOutAgain: layered(base.takeOutAgain, over.takeOutAgain),
    ban: layered(base.ban, over.ban),
  };
  return layered(layered(base, over), inner as PolicyConfig['limits']);
}

function mergeFleet(base: PolicyConfig['fleet'], over: PolicyConfig['fleet']): PolicyConfig['fleet'] {
  if (base === undefined || over === undefined) return over ?? base;
  return {
    velocity: layered(base.velocity, over.velocity),
    errorBudget: layered(base.errorBudget, over.errorBudget),
    manyServices: layered(base.manyServices, over.manyServices),
  };
}

/** What a service has when `base` holds unless `over` says otherwise. Lists and durations are replaced as a whole. */
export function mergePolicy(base: PolicyConfig, over: PolicyConfig): PolicyConfig {
  const nested = {
    actionModes: layered(base.actionModes, over.actionModes),
    alarms: mergeAlarms(base.alarms, over.alarms),
    limits: mergeLimits(base.limits, over.limits),
    fleet: mergeFleet(base.fleet, over.fleet),
    diagnosis: layered(base.diagnosis, over.diagnosis),
    timing: layered(base.timing, over.timing),
  };
  return {
    ...layered(base, over),
    ...Object.fromEntries(Object.entries(nested).filter(([, value]) => value !== undefined)),
  };
}
