/** What a strain does to a task's requests. */
export type Strain = { readonly errorRate: number; readonly factor: number };
const none: Strain = { errorRate: 0, factor: 1 };

/** From this load (1: all the task can serve) on requests queue. */
const queuesAt = 0.8;

/** A task under load: latency climbs from 80 % of its capacity on, tenfold when full; beyond it the excess fails. */
export function underLoad(load: number): Strain {
  if (load <= queuesAt) return none;
  if (load <= 1) return { errorRate: 0, factor: 1 + 9 * ((load - queuesAt) / (1 - queuesAt)) ** 2 };
  return { errorRate: 1 - 1 / load, factor: Math.min(40, 10 + 20 * (load - 1)) };
}

/** Percent of memory from which garbage collection slows a task down, and from which requests fail. */
const [slowsAt, failsAt] = [85, 95];
/** A leaking task thrashes; it is not killed, or ECS would heal it. */
export const mostMemory = 99;

/** A task short of memory: slower above 85 %, steeply; above 95 % it fails some requests too. */
export function shortOfMemory(percent: number): Strain {
  if (percent <= slowsAt) return none;
  return {
    errorRate: percent <= failsAt ? 0 : ((percent - failsAt) / (100 - failsAt)) * 0.5,
    factor: 1 + 15 * ((percent - slowsAt) / (failsAt - slowsAt)) ** 2,
  };
}
