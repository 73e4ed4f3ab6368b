import type { ServiceSettings } from '../settings.ts';
import type { AlarmDefinition, AlarmSpec } from './alarm.ts';
import { belowDesired } from './below-desired.ts';
import { errors } from './errors.ts';
import { latency } from './latency.ts';
import { noCapacity } from './no-capacity.ts';
import { unhealthyTargets } from './unhealthy-targets.ts';

/** Every alarm kind, in the order people read them. */
export const alarms: readonly AlarmDefinition[] = [latency, errors, unhealthyTargets, noCapacity, belowDesired];

/** The alarms a service really has. */
export const alarmsOf = (settings: ServiceSettings): readonly AlarmSpec[] =>
  alarms.map((define) => define(settings)).filter((spec) => spec !== undefined);
