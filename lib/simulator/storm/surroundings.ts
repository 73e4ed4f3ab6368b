import { functions } from '../faults/workflow-crash.ts';
import type { Draw } from './draw.ts';
import { type FaultDraw, type Place, until } from './drawn-fault.ts';

const at = ({ at: second }: Place) => ({ at: `${second}s` });

/** Which calls go wrong: all of AWS's, or those of one port, stores of our own included. */
const operations = (draw: Draw): object =>
  draw.chance(0.4)
    ? {}
    : {
        operations: draw.one(
          'change',
          'services',
          'targets',
          'metrics',
          'audience',
          'images',
          'routing',
          'protection',
          'stacks',
          'scaling',
          'taskLogs',
          'ledger',
          'ledger.append',
          'ledger.claim',
          'ledger.close',
          'controls',
          'outbox',
          'fleet',
          'notifier',
          'settings',
          'workflows',
        ),
      };

const failing = (kind: string): FaultDraw['draw'] => {
  return (draw, place) => ({
    kind,
    ...at(place),
    ...until(draw, place, 30, 420),
    ...operations(draw),
    rate: draw.one('10%', '30%', '50%', '100%'),
  });
};

const events = (kind: string, more: (draw: Draw) => object = () => ({})): FaultDraw['draw'] => {
  return (draw, place) => ({
    kind,
    ...at(place),
    ...(draw.chance(0.5) ? { service: place.name } : {}),
    ...(draw.chance(0.3) ? until(draw, place, 60, 600) : {}),
    ...(draw.chance(0.5) ? { state: draw.one('ALARM', 'OK') } : {}),
    ...more(draw),
  });
};

const lasting = (
  kind: string,
  low: number,
  high: number,
  more: (draw: Draw) => object = () => ({}),
): FaultDraw['draw'] => {
  return (draw, place) => ({ kind, ...at(place), ...until(draw, place, low, high), ...more(draw) });
};

/** A workflow dies, and nobody hears of it. */
const endsUnheard: FaultDraw['draw'] = (draw, place) => [
  { kind: 'workflow-ended-lost', ...at(place), ...until(draw, place, 300, 900) },
  { kind: 'workflow-stopped', service: place.name, at: `${place.at + draw.whole(1, 240)}s` },
];

/** What goes wrong with the world around Paramedic, and with Paramedic itself. */
export const surroundings: readonly [FaultDraw, ...FaultDraw[]] = [
  { weight: 2, draw: failing('api-throttled') },
  { weight: 2, draw: failing('api-errors') },
  { weight: 3, draw: failing('api-timeouts') },
  { weight: 3, draw: lasting('stale-reads', 120, 1200, (draw) => ({ by: draw.seconds(1, 10) })) },
  { weight: 3, draw: lasting('invocations-delayed', 300, 1200, (draw) => ({ by: draw.seconds(5, 240) })) },
  { weight: 3, draw: lasting('invocations-duplicated', 300, 1200) },
  { weight: 1, draw: events('event-lost') },
  { weight: 1, draw: events('event-duplicated') },
  { weight: 1, draw: events('event-delayed', (draw) => ({ by: draw.seconds(5, 400) })) },
  { weight: 1, draw: events('events-reordered') },
  { weight: 1, draw: lasting('metrics-delayed', 60, 900, (draw) => ({ by: draw.seconds(30, 400) })) },
  { weight: 1, draw: lasting('metrics-missing', 60, 600) },
  { weight: 2, draw: lasting('logs-delayed', 120, 1200, (draw) => ({ by: draw.seconds(60, 500) })) },
  { weight: 1, draw: lasting('capacity-unavailable', 60, 900) },
  { weight: 1, draw: lasting('pause-unreadable', 20, 600) },
  {
    weight: 1,
    draw: (draw, place) => ({
      kind: 'alarm-muted',
      ...at(place),
      service: place.name,
      ...until(draw, place, 120, 900),
    }),
  },
  { weight: 1, draw: endsUnheard },
  {
    weight: 2,
    draw: (draw, place) => ({
      kind: 'workflow-crash',
      ...at(place),
      function: draw.one(...functions),
      step: draw.whole(1, 40),
      when: draw.one('before', 'after'),
    }),
  },
  {
    weight: 3,
    draw: lasting('function-crashes', 60, 1200, (draw) => ({
      rate: draw.one('0.5%', '2%', '5%', '20%'),
      ...(draw.chance(0.5) ? { function: draw.one(...functions) } : {}),
    })),
  },
];
