import type { Draw } from './draw.ts';
import { type DrawnFault, type Place, someTasks, until } from './drawn-fault.ts';

/** Others are at the service, or AWS is, and nothing is wrong with that: only to change it meanwhile would be. */
export function meanwhile(draw: Draw, place: Place): readonly DrawnFault[] {
  const { name, service, at } = place;
  const lasting = { service: name, at: `${at}s`, ...until(draw, place, 240, 1200) };
  switch (draw.one('stack-update', 'zonal-shift', 'task-protection', 'auto-scaling')) {
    case 'stack-update':
      return [{ kind: 'stack-update', ...lasting }];
    case 'zonal-shift':
      return [{ kind: 'zonal-shift', ...lasting, zone: 'abc'.charAt(draw.whole(0, service.zones - 1)) }];
    case 'task-protection':
      return [{ kind: 'task-protection', ...lasting, tasks: draw.chance(0.7) ? 'all' : someTasks(draw, place) }];
    case 'auto-scaling':
      return scaledStepByStep(draw, place);
  }
}

/** It goes on step by step, or lasts for as long as there is no room for the tasks. */
export function scaledStepByStep(draw: Draw, place: Place): readonly DrawnFault[] {
  const { name, service, at } = place;
  const scaling = { kind: 'auto-scaling', service: name };
  if (draw.chance(0.6))
    return Array.from({ length: 12 }, (_, step) => ({
      ...scaling,
      at: `${at + 30 * step}s`,
      desired: service.tasks + 1 + step,
    }));
  return [
    { ...scaling, at: `${at}s`, desired: service.tasks + draw.whole(1, 3) },
    { kind: 'capacity-unavailable', service: name, at: `${at}s`, ...until(draw, place, 240, 1200) },
  ];
}
