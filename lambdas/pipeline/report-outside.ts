import type { Instant } from '../contract/time.ts';
import type { EntryOf } from '../model/ledger-entry.ts';
import type { OpenIncident } from '../model/open-incident.ts';
import type { SweepPorts } from '../ports/ports.ts';
import { tasksOutsideMessage } from './notify/tasks-outside.ts';
import { inTurn } from './sweep/in-turn.ts';
import type { SweepLimits } from './sweep/limits.ts';
import { hasActed, isKnown, isOver, outsideInWords, tasksOutside } from './sweep/tasks-outside.ts';
import { send } from './tell.ts';
import type { Tries } from './tries.ts';

/**
 * Tells people of tasks that run on outside of their load balancer where Paramedic acted lately and is done: once, and again
 * when they are others. Gives how many there are.
 */
export async function reportOutside(
  ports: SweepPorts,
  listed: readonly OpenIncident[],
  at: Instant,
  limits: SweepLimits,
  tries: Tries,
): Promise<number> {
  const over = listed.filter((each) => isOver(each, at, limits));
  let outside = 0;
  for (const one of inTurn(over, limits.compared, at))
    outside += (await tries.run(`compare ${one.service}`, () => compare(ports, one, at, limits))) ?? 0;
  return outside;
}

async function compare(
  ports: SweepPorts,
  { incident, service }: OpenIncident,
  at: Instant,
  limits: SweepLimits,
): Promise<number> {
  const entries = await ports.ledger.entries(incident);
  if (!hasActed(entries)) return 0;
  const published = await ports.settings.of(service);
  if (published?.kind !== 'valid') return 0;
  const { settings } = published;
  const [facts, targets] = await Promise.all([ports.services.describe(settings), ports.targets.health(settings)]);
  const tasks = tasksOutside(facts, targets, settings, at, limits);
  if (isKnown(entries, tasks)) return tasks.length;
  const found: EntryOf<'TasksOutside'> = {
    kind: 'TasksOutside',
    id: `outside ${at}`,
    incident,
    service,
    at,
    tasks,
    says: outsideInWords(tasks),
  };
  if (tasks.length > 0) {
    const waitMillis = await send(ports, async () => [tasksOutsideMessage(found, settings)]);
    // What is not told now is found again at the next sweep.
    if (waitMillis > 0) return tasks.length;
  }
  await ports.ledger.append([found]);
  return tasks.length;
}
