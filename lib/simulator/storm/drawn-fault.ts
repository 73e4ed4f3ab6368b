import type { Draw } from './draw.ts';
import type { DrawnService } from './draw-service.ts';

/** A fault as a scenario file writes it. */
export type DrawnFault = Readonly<Record<string, unknown>> & { readonly kind: string; readonly at: string };

/** Where a fault is drawn for: a service, at about that second. */
export type Place = {
  readonly name: string;
  readonly service: DrawnService;
  readonly at: number;
};

/** One way in which something goes wrong, and how likely it is among its like. */
export type FaultDraw = {
  readonly weight: number;
  /** The fault, and what comes with it. */
  readonly draw: (draw: Draw, place: Place) => DrawnFault | readonly DrawnFault[];
};

/** The end of something that passes: some time later, not beyond the run by much. */
export const until = (draw: Draw, { at }: Place, low: number, high: number): { readonly until: string } => ({
  until: `${at + draw.whole(low, high)}s`,
});

/** Ends sometimes, or stays. */
export const perhapsUntil = (draw: Draw, place: Place, low: number, high: number): { readonly until?: string } =>
  draw.chance(0.5) ? until(draw, place, low, high) : {};

/** A few of the service's tasks, seldom all of them. */
export const someTasks = (draw: Draw, { service }: Place): number | 'all' =>
  draw.chance(0.08) ? 'all' : Math.min(service.tasks, draw.one(1, 1, 1, 2, 3));

/** Which of its tasks: mostly whichever the seed decides. */
export const whichTasks = (draw: Draw, { service }: Place): object =>
  draw.chance(0.8)
    ? {}
    : draw.one({ age: draw.one('oldest', 'newest') }, { zone: 'abc'.charAt(draw.whole(0, service.zones - 1)) });

/** Functions begin late for a quarter of an hour from then on: what was so when they were called need not be so any more. */
export const lateFunctions = (draw: Draw, at: number): DrawnFault => ({
  kind: 'invocations-delayed',
  at: `${at}s`,
  until: `${at + 900}s`,
  by: draw.seconds(60, 240),
});
