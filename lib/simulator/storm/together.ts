import type { Draw } from './draw.ts';
import type { DrawnService } from './draw-service.ts';
import type { DrawnFault } from './drawn-fault.ts';

type Services = readonly (readonly [string, DrawnService])[];

/** What befalls several services in one world, now and then. */
export function together(draw: Draw, services: Services, minutes: number): readonly DrawnFault[] {
  const names = services.map(([name]) => name);
  const [first, ...others] = names;
  if (first === undefined || others.length === 0 || !draw.chance(0.5)) return [];
  return draw.chance(0.6)
    ? atOnce(draw, names, draw.whole(30, 60 * minutes - 600))
    : inVain(draw, first, others, draw.whole(30, 120));
}

/** A task of every service falls sick at about the same time. */
const atOnce = (draw: Draw, services: readonly string[], at: number): readonly DrawnFault[] =>
  services.map((service) => sickTask(draw, service, at + draw.whole(0, 150)));

/** What is done to one service does not help, since a dependency fails meanwhile; then tasks of the others fall sick. */
const inVain = (draw: Draw, first: string, others: readonly string[], at: number): readonly DrawnFault[] => [
  { ...sickTask(draw, first, at), until: `${at + 240}s` },
  { kind: 'dependency-down', service: first, at: `${at + 230}s`, until: `${at + 600}s`, rate: draw.percent(25, 50) },
  ...others.map((service) => sickTask(draw, service, at + draw.whole(420, 700))),
];

const sickTask = (draw: Draw, service: string, at: number): DrawnFault => ({
  kind: 'error-task',
  service,
  at: `${at}s`,
  tasks: 1,
  rate: draw.percent(60, 100),
});
