import type { Instant } from '../../../lambdas/contract/time.ts';
import type { Controls } from '../../../lambdas/model/controls.ts';
import type { Clock, ControlsReader } from '../../../lambdas/ports/sight.ts';

/** What a person writes to stop Paramedic; `until` null means until somebody takes it back. */
export type Pause = { readonly by: string; readonly why: string; readonly until: Instant | null };

/** The pause items people write: one for everything, which is there from the start and says running, one per service. */
export class SimulatedControls implements ControlsReader {
  readonly #clock: Clock;
  readonly #pauses = new Map<string | null, Pause & { readonly since: Instant }>();
  #installed = true;
  #readable = true;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `service` null pauses everything. */
  pause(service: string | null, pause: Pause): void {
    this.#pauses.set(service, { ...pause, since: this.#clock.now() });
  }

  resume(service: string | null): void {
    this.#pauses.delete(service);
  }

  /** Takes the item for everything away, as if Paramedic had never been installed. */
  uninstall(): void {
    this.#installed = false;
  }

  setReadable(readable: boolean): void {
    this.#readable = readable;
  }

  async read(service: string): Promise<Controls> {
    if (!this.#readable) throw new Error('The pause items could not be read: the table does not answer.');
    return this.state(service, this.#clock.now());
  }

  /**
   * What the items say at an instant, as a conditional write would see them. A pause ends when its time has come; one
   * younger than `age` ms is left out.
   */
  state(service: string, at: Instant, age = 0): Controls {
    if (!this.#readable) return { kind: 'unreadable', because: 'the table does not answer' };
    if (!this.#installed)
      return { kind: 'unreadable', because: 'the item that says whether it is paused is not there' };
    const item = (key: string | null, scope: 'everything' | 'service'): Controls | undefined => {
      const pause = this.#pauses.get(key);
      if (!pause || pause.since > at - age || (pause.until !== null && pause.until <= at)) return undefined;
      return { kind: 'paused', scope, by: pause.by, why: pause.why, until: pause.until };
    };
    return item(null, 'everything') ?? item(service, 'service') ?? { kind: 'running' };
  }
}
