import type { Effect } from '../world/conditions.ts';
import type { Victims } from '../world/service.ts';
import { type Scene, type Struck, struckService } from './fault.ts';

type OnTasks = Struck & Victims;

/** Makes the first so many tasks in service misbehave; it stays with them until they stop or the fault ends. */
export function afflictTasks(scene: Scene, fault: OnTasks, manner: Partial<Omit<Effect, 'on'>>): void {
  const service = struckService(scene, fault);
  const hit = new Set(service.victims(fault));
  for (const task of hit) service.conditions.struck.add(task);
  service.conditions.effects.set(fault, { ...fine, ...manner, on: (task) => hit.has(task) });
}

/** Makes every task of the service misbehave, those to come included. */
export function afflictAll(scene: Scene, fault: Struck, manner: Partial<Omit<Effect, 'on'>>): void {
  struckService(scene, fault).conditions.effects.set(fault, { ...fine, ...manner, on: () => true });
}

export function relieve(scene: Scene, fault: Struck): void {
  struckService(scene, fault).conditions.effects.clear(fault);
}

/** Nothing is wrong. */
export const fine: Omit<Effect, 'on'> = { errorRate: 0, factor: 1, hung: false };
