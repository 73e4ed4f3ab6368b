import type { AlarmState } from '../../../lambdas/contract/alarms/evaluate.ts';
import type { VirtualClock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { OwnAlarmState } from './alarm-event.ts';

/** What an event is about, so that a fault can pick it. */
export type About = { readonly service: string; readonly state: OwnAlarmState };

/** What befalls an event: it is lost, comes twice, comes late, or is overtaken by the next one. */
export type Mishap = {
  readonly what: 'lost' | 'duplicated' | 'late' | 'overtaken';
  /** How late a late one comes, in ms. */
  readonly by?: number;
  /** Only events of this service, of this state; null for any. */
  readonly service: string | null;
  readonly state: AlarmState | null;
  /** The next such event alone, or every one until it is taken back. */
  readonly once: boolean;
};

type Deliver = () => void;

/** An event on its way: every delivery of it is a copy of its own. */
type Posted = string;

/** How long an event that no other follows is held back at most, in ms. */
const longestHold = 300_000;

/**
 * EventBridge's default bus: delivers each event about a second after it was put; at least once, in no guaranteed order
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html).
 */
export class EventBus {
  readonly #clock: VirtualClock;
  readonly #random: Random;
  readonly #listeners: ((event: unknown) => void)[] = [];
  readonly #mishaps = new Map<object, Mishap>();
  #held: Deliver[] = [];

  constructor(clock: VirtualClock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  listen(listener: (event: unknown) => void): void {
    this.#listeners.push(listener);
  }

  afflict(cause: object, mishap: Mishap): void {
    this.#mishaps.set(cause, mishap);
  }

  relieve(cause: object): void {
    this.#mishaps.delete(cause);
  }

  put(event: object, about: About): void {
    const mishap = this.#mishapOf(about);
    const posted = JSON.stringify(event);
    switch (mishap?.what) {
      case 'lost':
        return;
      case 'duplicated':
        this.#send(posted);
        this.#send(posted);
        return;
      case 'late':
        this.#after((mishap?.by ?? 0) + this.#random.between(500, 2000), () => this.#deliver(posted));
        return;
      case 'overtaken':
        this.#hold(posted);
        return;
      case undefined:
        this.#send(posted);
        for (const deliver of this.#held.splice(0)) this.#after(this.#random.between(3000, 4000), deliver);
    }
  }

  #mishapOf({ service, state }: About): Mishap | undefined {
    for (const [cause, mishap] of this.#mishaps) {
      if (mishap.service !== null && mishap.service !== service) continue;
      if (mishap.state !== null && mishap.state !== state) continue;
      if (mishap.once) this.#mishaps.delete(cause);
      return mishap;
    }
    return undefined;
  }

  #send(event: Posted): void {
    this.#after(this.#random.between(500, 2000), () => this.#deliver(event));
  }

  #hold(event: Posted): void {
    let delivered = false;
    const deliver = (): void => {
      if (!delivered) this.#deliver(event);
      delivered = true;
    };
    this.#held.push(deliver);
    this.#after(longestHold, () => {
      this.#held = this.#held.filter((other) => other !== deliver);
      deliver();
    });
  }

  #deliver(event: Posted): void {
    for (const listener of this.#listeners) listener(JSON.parse(event));
  }

  /** Listeners work asynchronously: time waits for them. */
  #after(millis: number, run: () => void): void {
    this.#clock.at(this.#clock.now() + Math.round(millis), run);
  }
}
