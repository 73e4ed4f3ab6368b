import { type FaultDraw, lateFunctions, type Place, perhapsUntil, someTasks } from './drawn-fault.ts';
import { meanwhile } from './meanwhile.ts';

const on = ({ name, at }: Place) => ({ service: name, at: `${at}s` });

/** What people do in the middle of it. */
export const people: readonly [FaultDraw, ...FaultDraw[]] = [
  {
    weight: 4,
    draw: (draw, place) => ({
      kind: 'deployment',
      ...on(place),
      revision: draw.one('45', '46', '42'),
      pinned: draw.chance(0.4),
      ...(draw.chance(0.3) ? { pace: draw.seconds(30, 240) } : {}),
      ...(draw.chance(0.4) ? { before: 'act' } : {}),
    }),
  },
  { weight: 3, draw: (draw, place) => ({ kind: 'scaling', ...on(place), desired: draw.whole(1, 14) }) },
  { weight: 2, draw: (draw, place) => ({ kind: 'task-stopped', ...on(place), tasks: someTasks(draw, place) }) },
  {
    weight: 4,
    draw: (draw, place) => ({
      kind: 'pause',
      at: `${place.at}s`,
      ...(draw.chance(0.5) ? { service: place.name } : {}),
      ...(draw.chance(0.3) ? { before: 'ledger.claim' } : {}),
      ...perhapsUntil(draw, place, 20, 900),
    }),
  },
  {
    weight: 3,
    draw: (draw, place) => [
      lateFunctions(draw, Math.max(1, place.at - 120)),
      { kind: 'workflow-stopped', ...on(place), ...(draw.chance(0.6) ? { before: 'act' } : {}) },
    ],
  },
  {
    weight: 3,
    draw: (draw, place) => ({ kind: 'undo', ...on(place), ...(draw.chance(0.3) ? { before: 'act' } : {}) }),
  },
  { weight: 1, draw: (draw, place) => ({ kind: 'image-moved', ...on(place), revision: draw.one('41', '42', '43') }) },
  {
    weight: 1,
    draw: (draw, place) => ({ kind: 'subscription-lost', at: `${place.at}s`, ...perhapsUntil(draw, place, 60, 900) }),
  },
  { weight: 2, draw: (draw, place) => meanwhile(draw, place) },
];
