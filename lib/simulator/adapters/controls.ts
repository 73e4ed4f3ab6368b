import type { Instant } from '../../../lambdas/contract/time.ts';
import type { Controls } from '../../../lambdas/model/controls.ts';
import type { Clock, ControlsReader } from '../../../lambdas/ports/sight.ts';

/** What a person writes to stop Paramedic; `until` null means until somebody takes it back. */
export type Pause = { readonly by: string; readonly why: string; readonly until: Instant | null };

/** A time in which changes were held: by a pause, or because nobody could tell. `service` null: for all of them. */
export type Held = { readonly service: string | null; readonly from: Instant; until: Instant | null };

/** The pause items people write: one for everything, which is there from the start and says running, one per service. */
export class SimulatedControls implements ControlsReader {
  /** For the judge: every time in which changes were held, oldest first. */
  readonly held: Held[] = [];
  readonly #clock: Clock;
  readonly #pauses = new Map<string | null, Pause>();
  #installed = true;
  #readable = true;
  #unreadable: Held | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `service` null pauses everything. */
  pause(service: string | null, pause: Pause): void {
    this.#endHeld(service);
    this.#pauses.set(service, pause);
    this.held.push({ service, from: this.#clock.now(), until: pause.until });
  }

  resume(service: string | null): void {
    if (service === null) this.#installed = true;
    this.#endHeld(service);
    this.#pauses.delete(service);
  }

  /** Takes the item for everything away, as if Paramedic had never been installed. */
  uninstall(): void {
    this.#installed = false;
  }

  setReadable(readable: boolean): void {
    this.#readable = readable;
    const now = this.#clock.now();
    if (this.#unreadable !== null) this.#unreadable.until = now;
    this.#unreadable = readable ? null : { service: null, from: now, until: null };
    if (this.#unreadable !== null) this.held.push(this.#unreadable);
  }

  /** Throws while the table does not answer. */
  reach(): void {
    if (!this.#readable) throw new Error('The pause items could not be read: the table does not answer.');
  }

  async read(service: string): Promise<Controls> {
    this.reach();
    return this.state(service, this.#clock.now());
  }

  /** What the items say, as a conditional write that compares their ends with `at` sees them. */
  state(service: string, at: Instant): Controls {
    const all = this.item(null, at);
    return all.kind === 'running' ? this.item(service, at) : all;
  }

  /** What one item says by itself: the one for everything (`service` null), or that of a service, if there is one. */
  item(service: string | null, at: Instant): Controls {
    if (!this.#readable) return { kind: 'unreadable', because: 'the table does not answer' };
    if (service === null && !this.#installed)
      return { kind: 'unreadable', because: 'the item that says whether it is paused is not there' };
    const pause = this.#pauses.get(service);
    if (!pause || (pause.until !== null && pause.until <= at)) return { kind: 'running' };
    const { by, why, until } = pause;
    return { kind: 'paused', scope: service === null ? 'everything' : 'service', by, why, until };
  }

  /** Services that have an item of their own. */
  written(): readonly string[] {
    return [...this.#pauses.keys()].filter((service) => service !== null);
  }

  #endHeld(service: string | null): void {
    if (!this.#pauses.has(service)) return;
    const last = this.held.findLast((each) => each.service === service && each !== this.#unreadable);
    const now = this.#clock.now();
    if (last !== undefined && (last.until === null || last.until > now)) last.until = now;
  }
}
