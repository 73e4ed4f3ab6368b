import { alarmKinds, isAlarmKind, serviceIdPattern } from '../contract/names.ts';
import { placeOf } from '../contract/place-of.ts';
import type { Instant } from '../contract/time.ts';
import type { Incident } from '../model/incident.ts';
import type { Ignored, IgnoredBecause, Signal } from '../model/signal.ts';
import type { SignalPorts } from '../ports/ports.ts';
import { detect, type Routes } from './detect/detect.ts';
import { incidentId } from './incident-id.ts';
import { fold } from './record/evolve.ts';

export type Received = Ignored | { readonly incidentId: string; readonly opened: boolean };

/** One event in: join or open the service's incident, and make sure its workflow runs. Safe to repeat at any point. */
export async function receive(event: unknown, ports: SignalPorts, pipeline: string): Promise<Received> {
  const { inner, routes } = unwrap(event, pipeline);
  const signal = detect(inner, routes);
  if ('ignored' in signal) return signal;
  const joined = await ports.ledger.join(signal);
  if (joined.kind === 'nothing-open') {
    return signal.state === 'firing'
      ? open(signal, ports)
      : ignore(signal, 'nothing-open', 'Nothing is open for it to resolve.');
  }
  await ensureStarted(joined.incident, ports);
  if (joined.kind === 'duplicate') return ignore(signal, 'duplicate', 'The same change of state was received before.');
  if (joined.kind === 'overtaken') return ignore(signal, 'overtaken', 'The alarm has changed its state since.');
  if (joined.incident.status === 'handed-over') await releaseIfQuiet(joined.incident, signal.at, ports);
  return { incidentId: joined.incident.id, opened: false };
}

/**
 * A team's own alarm reaches us through a rule of its service's stack, which wraps the event with the service and the kind
 * the alarm stands for. Anything else is the event itself.
 */
function unwrap(event: unknown, pipeline: string): { readonly inner: unknown; readonly routes: Routes } {
  const plain = { inner: event, routes: { pipeline, services: null, owned: [] } };
  if (typeof event !== 'object' || event === null || !('paramedic' in event) || !('event' in event)) return plain;
  const route = event.paramedic;
  if (typeof route !== 'object' || route === null || !('service' in route) || !('kind' in route)) return plain;
  const { service, kind } = route;
  if (typeof service !== 'string' || !serviceIdPattern.test(service)) return plain;
  if (typeof kind !== 'string' || !isAlarmKind(kind) || !alarmKinds.includes(kind)) return plain;
  return {
    inner: event.event,
    routes: { pipeline, services: null, owned: [{ service, alarm: '', match: 'prefix', kind }] },
  };
}

async function open(signal: Signal, ports: SignalPorts): Promise<Received> {
  const at = ports.clock.now();
  // An invalid configuration opens an incident all the same: it is handed over, so that somebody hears of it.
  const published = await ports.settings.of(signal.service);
  if (published === undefined) {
    const says = `The service "${signal.service}" is not configured.`;
    await ports.ledger.append([
      {
        kind: 'SignalIgnored',
        id: signal.id,
        incident: 'none',
        service: signal.service,
        at,
        because: 'unknown-service',
        says,
      },
    ]);
    return ignore(signal, 'unknown-service', says);
  }
  const place = published.kind === 'valid' ? placeOf(published.settings) : null;
  const incident = await ports.ledger.open(signal, incidentId(at, ports.ids.next()), at, place);
  await ensureStarted(incident, ports);
  return { incidentId: incident.id, opened: true };
}

/** Until its workflow is known to run, every signal starts it again, under a name that makes that harmless. */
async function ensureStarted(incident: Incident, ports: SignalPorts): Promise<void> {
  if (incident.status !== 'starting') return;
  await ports.workflows.start({ incidentId: incident.id });
  await ports.ledger.markStarted(incident.id);
}

/** A handed-over incident keeps its service until all its alarms are OK. */
async function releaseIfQuiet(incident: Incident, at: Instant, ports: SignalPorts): Promise<void> {
  const { signals, signalsSeen } = fold(await ports.ledger.entries(incident.id));
  if (signals.some((signal) => signal.state === 'firing')) return;
  const says = 'All alarms of the handed-over incident are OK.';
  await ports.ledger.release(
    { kind: 'ServiceReleased', id: 'released', incident: incident.id, service: incident.service, at, says },
    signalsSeen,
  );
}

const ignore = (signal: Signal, ignored: IgnoredBecause, says: string): Ignored => ({
  ignored,
  understood: true,
  says,
  service: signal.service,
  kind: signal.kind,
  state: signal.state,
});
