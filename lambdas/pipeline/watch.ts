import type { ServiceSettings } from '../contract/settings.ts';
import { after, type Duration, type Instant, inMillis } from '../contract/time.ts';
import type { Incident } from '../model/incident.ts';
import type { RecoverPorts } from '../ports/ports.ts';
import type { Workflow } from '../ports/workflow.ts';
import { freeService } from './free-service.ts';
import { fold } from './record/evolve.ts';
import { settleIntents } from './settle-intents.ts';
import { alarmsQuiet } from './verify/alarms-quiet.ts';

/** How long after its opening an incident is watched at most: its workflow is ended after four days, whatever it is at. */
const watchFor: Duration = { hours: 84 };
/** The share of the time watched so far that may pass until the next look, and the longest that ever passes. */
const pace = 0.1;
const longestPause: Duration = { hours: 1 };

/** One look: when it was, and whether there is nothing left to watch. */
type Look = { readonly at: Instant; readonly over: boolean };

/**
 * A handed-over incident keeps its service until its alarms are OK. An OK event that is lost must not keep it for ever, so
 * the workflow, which costs nothing while it waits, looks now and then, ever more seldom, and frees the service in the end.
 * It changes nothing but the ledger.
 */
export async function watchUntilQuiet(
  workflow: Workflow<RecoverPorts>,
  incident: Incident,
  settings: ServiceSettings,
): Promise<void> {
  const since = await workflow.step('watch', async (ports) => ports.clock.now());
  const until = after(incident.openedAt, watchFor);
  let at = since;
  for (let look = 1; at < until; look++) {
    await workflow.sleep(`watch ${look}`, untilNextLook(at, since, until, settings));
    const looked = await workflow.step(`look ${look}`, (ports) => releaseIfQuiet(ports, incident, settings));
    if (looked.over) return;
    at = looked.at;
  }
  const says =
    'Its alarms were not OK for three and a half days, and it is watched no longer: a new signal opens a new one.';
  await workflow.tell('watch no longer', (ports) => freeService(ports, incident, says, at));
}

function untilNextLook(at: Instant, since: Instant, until: Instant, { timing }: ServiceSettings): Duration {
  const paced = Math.min(inMillis(longestPause), (at - since) * pace);
  const millis = Math.min(until - at, Math.max(inMillis(timing.watchEvery), paced));
  return { seconds: Math.max(1, Math.ceil(millis / 1000)) };
}

async function releaseIfQuiet(ports: RecoverPorts, incident: Incident, settings: ServiceSettings): Promise<Look> {
  const at = ports.clock.now();
  try {
    return { at, over: await isOver(ports, incident, settings, at) };
  } catch {
    // What cannot be read now is looked at next time.
    return { at, over: false };
  }
}

async function isOver(ports: RecoverPorts, incident: Incident, settings: ServiceSettings, at: Instant) {
  const now = await ports.ledger.incident(incident.id);
  if (now === undefined || now.status === 'closed') return true;
  const symptoms = await ports.metrics.recent(settings, 15);
  const { signals, signalsSeen } = fold(await ports.ledger.entries(incident.id));
  const { quiet, says } = alarmsQuiet(settings, symptoms, null, signals);
  if (!quiet) return false;
  const entry = {
    kind: 'ServiceReleased',
    id: 'released',
    incident: incident.id,
    service: incident.service,
    at,
    says,
  } as const;
  const released = await ports.ledger.release(entry, signalsSeen);
  // Freed at the next look, once it is known what became of the last act.
  if (released === 'unsettled') await settleIntents(ports, incident);
  return released === 'closed';
}
