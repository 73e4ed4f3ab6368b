import type { Draw } from './draw.ts';
import {
  type DrawnFault,
  type FaultDraw,
  lateFunctions,
  type Place,
  perhapsUntil,
  someTasks,
  until,
  whichTasks,
} from './drawn-fault.ts';
import { meanwhile } from './meanwhile.ts';

const on = ({ name, at }: Place) => ({ service: name, at: `${at}s` });

/** A task that gets well by itself before its log lines come. */
function shortAndLateSeen(draw: Draw, place: Place): readonly DrawnFault[] {
  const { name: service, at } = place;
  const lasts = draw.whole(240, 480);
  return [
    { kind: 'logs-delayed', service, at: `${Math.max(1, at - 20)}s`, until: `${at + 900}s`, by: draw.seconds(90, 300) },
    { kind: 'error-task', ...on(place), until: `${at + lasts}s`, tasks: 1, rate: draw.percent(40, 90) },
    { kind: 'dependency-down', service, at: `${at + lasts}s`, rate: draw.percent(8, 30) },
  ];
}

/** A task falls sick early on, and once it has been treated another one does. */
export function relapse(draw: Draw, place: Place): readonly DrawnFault[] {
  const sick = { kind: 'error-task', tasks: 1, rate: draw.percent(50, 100) };
  return [30, draw.whole(780, 960)].map((at) => ({ ...sick, ...on({ ...place, at: at + draw.whole(0, 60) }) }));
}

/** A task is sick, and others are at the service at the same time. */
function inTheMidst(draw: Draw, place: Place): readonly DrawnFault[] {
  const sick = { kind: 'error-task', ...on(place), tasks: 1, rate: draw.percent(40, 90) };
  return [sick, ...meanwhile(draw, { ...place, at: Math.max(1, place.at - draw.whole(0, 60)) })];
}
/** A task falls sick early on, and the workflow is stopped while it is treated; later another one falls sick. */
const orphaned = (draw: Draw, place: Place): readonly DrawnFault[] => [
  ...relapse(draw, place),
  { kind: 'workflow-stopped', ...on({ ...place, at: 1 }), before: 'change' },
];
/** A task is treated while something else makes the service fail as much, is put back, and falls sick once more. */
export function recurrence(draw: Draw, place: Place): readonly DrawnFault[] {
  const begins = draw.whole(20, 60);
  const rate = draw.whole(50, 90);
  const sick = (at: number) => ({ kind: 'error-task', ...on({ ...place, at }), tasks: 1, rate: `${rate}%` });
  const gone = begins + draw.whole(200, 260);
  const other = { kind: 'dependency-down', rate: `${Math.ceil(rate / place.service.tasks)}%` };
  return [
    { ...sick(begins), until: `${gone}s` },
    { ...other, ...on({ ...place, at: gone - 10 }), until: `${gone + draw.whole(480, 560)}s` },
    sick(gone + draw.whole(740, 860)),
  ];
}

/** AWS turns changes down for a while, and then it does not. */
export function turnedDown(draw: Draw, place: Place): readonly DrawnFault[] {
  const at = Math.min(place.at, 600);
  return [
    { kind: 'error-task', ...on({ ...place, at }), tasks: 1, rate: draw.percent(50, 100) },
    {
      kind: 'api-throttled',
      at: `${at}s`,
      ...until(draw, { ...place, at }, 180, 300),
      operations: 'change',
      rate: '100%',
    },
  ];
}

/** New tasks do not start, one is lost, and another falls sick. */
function withoutReplacement(draw: Draw, place: Place): readonly DrawnFault[] {
  const at = Math.min(place.at, 420);
  return [
    { kind: 'crash-loop', ...on({ ...place, at: at - 20 }), ...until(draw, place, 300, 900) },
    { kind: 'crash-task', ...on({ ...place, at: at + draw.whole(0, 30) }), tasks: 1 },
    { kind: 'error-task', ...on({ ...place, at: at + draw.whole(30, 120) }), tasks: 1, rate: draw.percent(50, 100) },
  ];
}

/** A leak takes its time: only what grows with the age of the tasks is known as one. */
function leak(draw: Draw, place: Place): readonly DrawnFault[] {
  const begins = { ...place, at: draw.whole(5, 60) };
  return [
    { kind: 'memory-leak', ...on(begins), growth: `${draw.whole(3, 4)}%/m` },
    ...(draw.chance(0.5)
      ? [{ kind: 'image-moved', ...on({ ...place, at: draw.whole(60, 1200) }), revision: '42' }]
      : []),
  ];
}

/** Trouble that nothing of ours ends, while the events of alarms are lost, or the alarms are muted at first. */
const unheard = (draw: Draw, place: Place): readonly DrawnFault[] => [
  draw.chance(0.5)
    ? { kind: 'event-lost', at: `${Math.max(1, place.at - 60)}s`, until: `${place.at + 900}s`, state: 'ALARM' }
    : {
        kind: 'alarm-muted',
        service: place.name,
        at: `${Math.max(1, place.at - 60)}s`,
        until: `${place.at + draw.whole(200, 400)}s`,
      },
  { kind: 'dependency-down', ...on(place), rate: draw.percent(20, 60) },
];

/** A release that comes in slowly is bad while it still does. */
export const slowAndBad = (draw: Draw, place: Place): DrawnFault => ({
  kind: 'bad-deployment',
  ...on(place),
  revision: draw.one('43', '44'),
  errorRate: draw.percent(50, 95),
  pace: draw.seconds(90, 240),
});

/** A bad release that must not be taken back, on its way or when it has arrived. */
const badAndMarked = (draw: Draw, place: Place): DrawnFault => ({
  kind: 'bad-deployment',
  ...on(place),
  revision: draw.one('43', '44'),
  errorRate: draw.percent(40, 90),
  pinned: true,
  noRollback: 'the data was migrated',
  ...(draw.chance(0.5) ? { pace: draw.seconds(90, 240) } : {}),
});

/** A bad release, and perhaps a person who mends it by hand when the alarm has gone off. */
function bad(draw: Draw, place: Place): readonly DrawnFault[] {
  const mends = draw.chance(0.4);
  const mended = draw.chance(0.5)
    ? { ...on({ ...place, at: place.at + draw.whole(200, 480) }) }
    : { ...on({ ...place, at: place.at + 30 }), before: 'act' };
  return [
    {
      kind: 'bad-deployment',
      ...on(place),
      revision: draw.one('43', '43', '44', '41'),
      errorRate: draw.percent(10, 90),
      pinned: draw.chance(0.4),
      ...(draw.chance(0.15) ? { sameImages: true } : {}),
      ...(draw.chance(0.07) ? { starts: false } : {}),
      ...(draw.chance(0.3) ? { onset: draw.seconds(0, 240) } : {}),
      ...(draw.chance(0.1) ? { rolledBackAfter: draw.seconds(30, 300) } : {}),
      ...(draw.chance(0.1) ? { noRollback: 'the data was migrated' } : {}),
    },
    ...(mends ? [{ kind: 'deployment', ...mended, revision: '45', pace: '20s' }] : []),
    ...(draw.chance(0.2) ? [lateFunctions(draw, place.at)] : []),
  ];
}

/** What makes a service sick. */
export const sicknesses: readonly [FaultDraw, ...FaultDraw[]] = [
  {
    weight: 9,
    draw: (draw, place) => ({
      kind: 'error-task',
      ...on(place),
      ...perhapsUntil(draw, place, 120, 900),
      tasks: someTasks(draw, place),
      ...whichTasks(draw, place),
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
      ...whichTasks(draw, place),
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
      ...whichTasks(draw, place),
    }),
  },
  { weight: 2, draw: (draw, place) => ({ kind: 'crash-task', ...on(place), tasks: someTasks(draw, place) }) },
  { weight: 1, draw: (draw, place) => ({ kind: 'unhealthy-task', ...on(place), tasks: someTasks(draw, place) }) },
  { weight: 1, draw: (draw, place) => ({ kind: 'crash-loop', ...on(place), ...until(draw, place, 60, 900) }) },
  { weight: 4, draw: leak },
  { weight: 3, draw: relapse },
  { weight: 3, draw: orphaned },
  { weight: 6, draw: recurrence },
  { weight: 2, draw: withoutReplacement },
  { weight: 3, draw: turnedDown },
  { weight: 3, draw: slowAndBad },
  { weight: 5, draw: shortAndLateSeen },
  { weight: 3, draw: badAndMarked },
  { weight: 1, draw: unheard },
  { weight: 5, draw: inTheMidst },
  {
    weight: 6,
    draw: bad,
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
