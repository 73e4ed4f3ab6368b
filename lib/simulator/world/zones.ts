import type { ServiceSpec } from './service-spec.ts';
import type { Task } from './task.ts';

/** How the live tasks of a service are spread over its availability zones. */
export class Zones {
  readonly #spec: Pick<ServiceSpec, 'zones'>;
  readonly #live: () => readonly Task[];

  constructor(spec: Pick<ServiceSpec, 'zones'>, live: () => readonly Task[]) {
    this.#spec = spec;
    this.#live = live;
  }

  /** By how many tasks the fullest zone is ahead of the emptiest. */
  get imbalance(): number {
    const counts = this.#all.map((zone) => this.in(zone).length);
    return Math.max(...counts) - Math.min(...counts);
  }

  get emptiest(): string {
    return this.#best((tasks, best) => tasks < best);
  }

  get fullest(): string {
    return this.#best((tasks, best) => tasks > best);
  }

  /** The live tasks of a zone, oldest first. */
  in(zone: string): readonly Task[] {
    return this.#live().filter((task) => task.zone === zone);
  }

  /** The first of those that no other is better than. */
  #best(isBetter: (tasks: number, best: number) => boolean): string {
    return this.#all.reduce((best, zone) => (isBetter(this.in(zone).length, this.in(best).length) ? zone : best));
  }

  get #all(): readonly string[] {
    return Array.from({ length: Math.max(1, this.#spec.zones) }, (_, n) => String.fromCharCode(97 + n));
  }
}
