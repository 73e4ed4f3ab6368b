import type { SweepPorts } from '../ports/ports.ts';
import { pickUpAlarms } from './pick-up-alarms.ts';
import { reportOutside } from './report-outside.ts';
import { type SweepLimits, sweepLimits } from './sweep/limits.ts';
import { sendSummary } from './tell.ts';
import { tendIncidents } from './tend-incidents.ts';
import { Tries } from './tries.ts';

/** What one sweep found; `failed` names what it could not do, one sentence each. */
export type Swept = { readonly pickedUp: number; readonly outside: number; readonly failed: readonly string[] };

/**
 * Looks for what nobody told of: alarms that fire unheard, incidents without a workflow, tasks left behind, messages that wait
 * for a summary. Every part is safe to repeat, and does its work whether or not the others can. Only when all was done does the
 * heart beat.
 */
export async function sweep(ports: SweepPorts, pipeline: string, limits: SweepLimits = sweepLimits): Promise<Swept> {
  const at = ports.clock.now();
  const tries = new Tries();
  const part = <T>(what: string, run: () => Promise<T>) => tries.run(what, run);
  const pickedUp = (await part('look for alarms', () => pickUpAlarms(ports, pipeline, at, limits, tries))) ?? 0;
  const listed = await part('look for incidents', () => ports.openIncidents.list());
  if (listed !== undefined) await tendIncidents(ports, listed, at, limits, tries);
  const outside = listed === undefined ? 0 : await reportOutside(ports, listed, at, limits, tries);
  for (const topic of (await part('look for messages', () => ports.outbox.waiting())) ?? [])
    await part(`send the summary of ${topic}`, () => sendSummary(ports, topic));
  if (pickedUp > 0) ports.counts.count('signalsPickedUp', pickedUp);
  if (outside > 0) ports.counts.count('tasksOutside', outside);
  if (tries.failed.length === 0) ports.counts.count('heartbeat', 1);
  return { pickedUp, outside, failed: tries.failed };
}
