import { type FaultDraw, type Place, perhapsUntil, someTasks, until } from './drawn-fault.ts';

const on = ({ name, at }: Place) => ({ service: name, at: `${at}s` });

/** What makes a service sick. */
export const sicknesses: readonly [FaultDraw, ...FaultDraw[]] = [
  {
    weight: 9,
    draw: (draw, place) => ({
      kind: 'error-task',
      ...on(place),
      ...perhapsUntil(draw, place, 120, 900),
      tasks: someTasks(draw, place),
      rate: draw.percent(20, 100),
    }),
  },
  {
    weight: 6,
    draw: (draw, place) => ({
      kind: 'slow-task',
      ...on(place),
      ...perhapsUntil(draw, place, 120, 900),
      tasks: someTasks(draw, place),
      factor: draw.whole(4, 20),
    }),
  },
  {
    weight: 3,
    draw: (draw, place) => ({
      kind: 'hung-task',
      ...on(place),
      ...perhapsUntil(draw, place, 120, 900),
      tasks: someTasks(draw, place),
    }),
  },
  { weight: 2, draw: (draw, place) => ({ kind: 'crash-task', ...on(place), tasks: someTasks(draw, place) }) },
  { weight: 1, draw: (draw, place) => ({ kind: 'unhealthy-task', ...on(place), tasks: someTasks(draw, place) }) },
  { weight: 1, draw: (draw, place) => ({ kind: 'crash-loop', ...on(place), ...until(draw, place, 60, 900) }) },
  {
    weight: 3,
    draw: (draw, place) => ({
      kind: 'memory-leak',
      // It takes its time: only what grows with the age of the tasks is known as a leak.
      ...on({ ...place, at: draw.whole(5, 60) }),
      growth: `${draw.whole(3, 4)}%/m`,
    }),
  },
  {
    weight: 6,
    draw: (draw, place) => ({
      kind: 'bad-deployment',
      ...on(place),
      revision: draw.one('43', '43', '44', '41'),
      errorRate: draw.percent(10, 90),
      pinned: draw.chance(0.4),
      ...(draw.chance(0.4) ? { onset: draw.seconds(0, 240) } : {}),
      ...(draw.chance(0.15) ? { rolledBackAfter: draw.seconds(30, 300) } : {}),
    }),
  },
  {
    weight: 1,
    draw: (draw, place) => ({
      kind: 'zone-impairment',
      ...on(place),
      ...perhapsUntil(draw, place, 180, 900),
      zone: 'abc'.charAt(draw.whole(0, place.service.zones - 1)),
      errorRate: draw.percent(20, 90),
    }),
  },
  {
    weight: 2,
    draw: (draw, place) => ({
      kind: 'dependency-down',
      ...on(place),
      ...perhapsUntil(draw, place, 120, 900),
      rate: draw.percent(10, 95),
    }),
  },
  {
    weight: 1,
    draw: (draw, place) => ({
      kind: 'dependency-slow',
      ...on(place),
      ...perhapsUntil(draw, place, 120, 900),
      factor: draw.whole(4, 15),
    }),
  },
  {
    weight: 1,
    draw: (draw, place) => ({
      kind: 'overload',
      ...on(place),
      ...perhapsUntil(draw, place, 120, 900),
      rate: `${place.service.tasks * draw.whole(10, 40)}/s`,
    }),
  },
  { weight: 1, draw: (draw, place) => ({ kind: 'metric-blip', ...on(place), metric: draw.one('latency', 'errors') }) },
];
