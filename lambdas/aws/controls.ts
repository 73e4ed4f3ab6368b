import {
  type ControlsItem,
  controlsPartition,
  everythingControls,
  isPaused,
  serviceControls,
} from '../contract/controls-item.ts';
import type { Instant } from '../contract/time.ts';
import type { Controls } from '../model/controls.ts';
import type { Clock, ControlsReader } from '../ports/sight.ts';
import { awsClock } from './clock.ts';
import { s } from './items.ts';
import type { Item, Key, Table } from './table.ts';

export const everythingKey: Key = { pk: s(controlsPartition), sk: s(everythingControls) };
export const serviceKey = (service: string): Key => ({ pk: s(controlsPartition), sk: s(serviceControls(service)) });

/** The pause state: two items that people own. */
export const awsControls = (table: Table, clock: Clock = awsClock): ControlsReader => ({
  read: async (service) => {
    const [everything, own] = await Promise.all([table.get(everythingKey), table.get(serviceKey(service))]);
    const now = clock.now();
    const all = everything === undefined ? absent : stateOf(everything, 'everything', now);
    return all.kind === 'running' && own !== undefined ? stateOf(own, 'service', now) : all;
  },
});

export const absent: Controls = {
  kind: 'unreadable',
  because: 'the item that says whether Paramedic is paused is not there',
};

/** What one item says. People write it by hand: one that cannot be understood holds, as a pause would. */
export function stateOf(item: Item, scope: 'everything' | 'service', now: Instant): Controls {
  const read = readItem(item);
  if (read === undefined) return { kind: 'unreadable', because: `the pause item for ${scope} is not as it should be` };
  if (!isPaused(read, now)) return { kind: 'running' };
  return { kind: 'paused', scope, by: read.by, why: read.why, until: read.until ?? null };
}

function readItem(item: Item): Pick<ControlsItem, 'paused' | 'by' | 'why' | 'until'> | undefined {
  const paused = item.paused?.BOOL;
  const until = item.until === undefined ? undefined : Number(item.until.N ?? Number.NaN);
  if (paused === undefined || Number.isNaN(until)) return undefined;
  const who = { by: item.by?.S ?? 'somebody', why: item.why?.S ?? 'no reason given' };
  return { paused, ...who, ...(until === undefined ? {} : { until }) };
}
