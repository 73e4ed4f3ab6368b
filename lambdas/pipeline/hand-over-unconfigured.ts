import type { Outcome } from '../model/incident.ts';
import type { RecoverPorts } from '../ports/ports.ts';
import type { Workflow } from '../ports/workflow.ts';
import type { Unconfigured } from './begin.ts';
import { closeUnasked } from './close.ts';
import { freeService } from './free-service.ts';
import { unconfigured } from './notify/unconfigured.ts';
import { fold } from './record/evolve.ts';
import { send, Teller } from './tell.ts';

/**
 * Without a configuration nothing is known of a service, not even when its alarms are OK. A person gets the incident, and the
 * service is free at once: nobody would watch it, and the next signal may find a configuration again.
 */
export async function handOverUnconfigured(
  workflow: Workflow<RecoverPorts>,
  { incident, topic, says }: Unconfigured,
): Promise<Outcome> {
  const ended = await workflow.step('give up', (ports) =>
    closeUnasked(ports, incident, 'settings.missing', says, ports.clock.now()),
  );
  await workflow.tell('free the service', (ports) =>
    freeService(
      ports,
      incident,
      'Nobody can watch it without a configuration: a new signal opens a new one.',
      ended.at,
    ),
  );
  // Where no topic can be read, the alarm on Paramedic itself speaks.
  if (topic === null) return 'handed-over';
  const teller = new Teller(workflow, (ports) =>
    send(ports, async () => [unconfigured(ended, topic, fold(await ports.ledger.entries(incident.id)).signals)]),
  );
  await teller.tell('tell the end', [ended]);
  await teller.tellTheRest();
  return 'handed-over';
}
