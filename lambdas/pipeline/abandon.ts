import type { Instant } from '../contract/time.ts';
import type { Incident } from '../model/incident.ts';
import type { EntryOf, LedgerEntry } from '../model/ledger-entry.ts';
import type { WorkflowEndedPorts } from '../ports/ports.ts';
import { closeUnasked } from './close.ts';
import { freeService } from './free-service.ts';
import { unconfigured } from './notify/unconfigured.ts';
import { fold } from './record/evolve.ts';
import { settleFleet } from './settle-fleet.ts';
import { send, tellPeople } from './tell.ts';

/**
 * Ends an incident whose workflow has ended before its time: hands it over, says what was half done, and frees the service once
 * it is known what became of the last act. Safe to repeat, and harmless for an incident that has ended. Rejects while that is
 * not known, or people could not be told: to be called again.
 */
export async function abandon(incidentId: string, because: string, ports: WorkflowEndedPorts): Promise<void> {
  const incident = await ports.ledger.incident(incidentId);
  if (incident === undefined) return;
  const at = ports.clock.now();
  if (incident.status === 'starting' || incident.status === 'started')
    await closeUnasked(ports, incident, 'workflow.died', because, at);
  await leaveFleet(ports, incident, at);
  const kept = incident.status === 'closed' ? undefined : await free(ports, incident, at);
  await tell(ports, incident);
  if (kept !== undefined) throw kept;
}

/** Nobody will verify any more what the incident began. */
async function leaveFleet(ports: WorkflowEndedPorts, { id }: Incident, at: Instant): Promise<void> {
  const entries = await ports.ledger.entries(id);
  const { settings } = fold(entries);
  if (settings !== null) await settleFleet(ports.fleet, entries.filter(isOurs), settings.fleet, at);
}

/** Frees the service, or says why it is kept: people are told of the hand-over all the same. */
async function free(ports: WorkflowEndedPorts, incident: Incident, at: Instant): Promise<unknown> {
  try {
    await freeService(ports, incident, 'The workflow of the incident is gone: a new signal opens a new one.', at);
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Tells of the hand-over that is ours, and of no other. A repetition tells nobody twice. */
async function tell(ports: WorkflowEndedPorts, incident: Incident): Promise<void> {
  const entries = await ports.ledger.entries(incident.id);
  const ended = entries.find(isOurs);
  if (ended === undefined) return;
  if ((await say(ports, incident, ended, entries)) > 0)
    throw new Error(`Nobody could be told yet that the incident ${incident.id} was handed over.`);
}

const isOurs = (entry: LedgerEntry): entry is EntryOf<'HandedOver'> =>
  entry.kind === 'HandedOver' && entry.reason === 'workflow.died';

/**
 * Says it to those whom it concerns, as `tellPeople` does. A workflow that died before it wrote down its configuration leaves
 * the published one. Rejects where no topic can be read there either: the service is free by then, and the net keeps the event
 * until a person has mended the configuration and replays it.
 */
async function say(
  ports: WorkflowEndedPorts,
  incident: Incident,
  ended: EntryOf<'HandedOver'>,
  entries: readonly LedgerEntry[],
): Promise<number> {
  const { settings: written, signals } = fold(entries);
  const published =
    written === null ? await ports.settings.of(incident.service) : ({ kind: 'valid', settings: written } as const);
  if (published?.kind === 'valid') return tellPeople(ports, incident, published.settings, [ended]);
  const because = published?.because ?? `The service "${incident.service}" has no configuration.`;
  const topic = published?.topic ?? null;
  if (topic === null)
    throw new Error(`Nobody can be told that the incident ${incident.id} was handed over. ${because}`);
  const message = unconfigured({ ...ended, says: `${ended.says} ${because}` }, topic, signals);
  return send(ports, async () => [message]);
}
