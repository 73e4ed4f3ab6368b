import { before, type Instant } from '../contract/time.ts';
import type { Incident } from '../model/incident.ts';
import type { LedgerEntry } from '../model/ledger-entry.ts';
import type { OpenIncident } from '../model/open-incident.ts';
import type { SweepPorts } from '../ports/ports.ts';
import { abandon } from './abandon.ts';
import { freeService } from './free-service.ts';
import { fold } from './record/evolve.ts';
import { settleIntents } from './settle-intents.ts';
import { queriesByName } from './sweep/alarm-queries.ts';
import { careFor, firstCare } from './sweep/care.ts';
import { inTurn } from './sweep/in-turn.ts';
import type { SweepLimits } from './sweep/limits.ts';
import type { Tries } from './tries.ts';

/**
 * Sees to it that no incident is left without a workflow: starts what is not known to run, hands over what died unheard, and
 * frees the services of what people have anyway once their alarms are OK.
 */
export async function tendIncidents(
  ports: SweepPorts,
  listed: readonly OpenIncident[],
  at: Instant,
  limits: SweepLimits,
  tries: Tries,
): Promise<void> {
  const open = listed.filter(({ closedAt }) => closedAt === null);
  for (const { incident } of inTurn(open, limits.tended, at))
    await tries.run(`tend ${incident}`, () => tend(ports, incident, at, limits));
  const untold = listed.filter(({ closedAt }) => mayBeUntold(closedAt, at, limits));
  for (const { incident } of inTurn(untold, limits.tended, at))
    await tries.run(`tell of ${incident}`, () => tellAgain(ports, incident));
}

async function tend(ports: SweepPorts, id: string, at: Instant, limits: SweepLimits): Promise<void> {
  const incident = await ports.ledger.incident(id);
  if (incident === undefined) return;
  switch (firstCare(incident, at, limits)) {
    case 'none':
      return;
    case 'start':
      await ports.workflows.start({ incidentId: id });
      await ports.ledger.markStarted(id);
      return;
    case 'look':
      await lookAfter(ports, incident, at, limits);
  }
}

async function lookAfter(ports: SweepPorts, incident: Incident, at: Instant, limits: SweepLimits): Promise<void> {
  const care = careFor(incident, await ports.executions.stateOf(incident.id), at, limits);
  switch (care.kind) {
    case 'none':
      return;
    case 'abandon':
      return abandon(incident.id, care.because, ports);
    case 'free':
      return freeService(ports, incident, `${care.because} A new signal opens a new one.`, at);
    case 'free-when-quiet':
      return freeWhenQuiet(ports, incident, at);
  }
}

/** An alarm that is deleted, or has no data, fires no more. A hand-over that could not be ended is ended first. */
async function freeWhenQuiet(ports: SweepPorts, incident: Incident, at: Instant): Promise<void> {
  const entries = await ports.ledger.entries(incident.id);
  if (entries.some(isOurs)) return abandon(incident.id, '', ports);
  const { signals, signalsSeen } = fold(entries);
  for (const query of queriesByName(signals.map(({ alarm }) => alarm)))
    if ((await ports.alarms.firing(query)).length > 0) return;
  const { id, service } = incident;
  const says = 'The workflow of the handed-over incident is gone, and none of its alarms fires.';
  const entry = { kind: 'ServiceReleased', id: 'released', incident: id, service, at, says } as const;
  // The next sweep frees it then.
  if ((await ports.ledger.release(entry, signalsSeen)) === 'unsettled') await settleIntents(ports, incident);
}

/** Whoever closed it may have failed to tell; not while that is still being tried. */
const mayBeUntold = (closedAt: Instant | null, at: Instant, { ending, retelling }: SweepLimits): boolean =>
  closedAt !== null && closedAt <= before(at, ending) && closedAt >= before(at, retelling);

/** Tells of nothing twice: the record of what was sent reaches further back. */
async function tellAgain(ports: SweepPorts, id: string): Promise<void> {
  const entries = await ports.ledger.entries(id);
  if (entries.some(isOurs)) await abandon(id, '', ports);
}

/** The hand-over of an incident whose workflow died. */
const isOurs = (entry: LedgerEntry): boolean => entry.kind === 'HandedOver' && entry.reason === 'workflow.died';
