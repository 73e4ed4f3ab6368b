import type { VirtualClock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { Names } from './account.ts';
import { type AlarmStanding, type OwnAlarmState, ownAlarmEvent, ownStanding } from './alarm-event.ts';
import { uuid } from './alarm-watch.ts';
import type { EventBus } from './event-bus.ts';

/** An alarm that the team of a service has made by itself. */
type OwnAlarm = { readonly name: string; readonly standing: AlarmStanding<OwnAlarmState> };

/** The team's own alarms of one service, OK from the start on. What they watch nobody here knows: their states are set. */
export class OwnAlarms {
  readonly #service: string;
  readonly #names: Names;
  readonly #clock: VirtualClock;
  readonly #ids: Random;
  readonly #alarms = new Map<string, OwnAlarm>();
  /** What each cause has changed: the alarm, and the state it had before. */
  readonly #before = new Map<object, { readonly name: string; readonly state: OwnAlarmState }>();
  #bus: EventBus | undefined;

  constructor(service: string, names: Names, clock: VirtualClock, random: Random) {
    this.#service = service;
    this.#names = names;
    this.#clock = clock;
    this.#ids = random;
  }

  /** Changes are told to that bus from now on. */
  tell(bus: EventBus): void {
    this.#bus = bus;
  }

  get all(): readonly OwnAlarm[] {
    return [...this.#alarms.values()];
  }

  set(cause: object, name: string, state: OwnAlarmState): void {
    this.#before.set(cause, { name, state: this.#standingOf(name).value });
    this.#change(name, state);
  }

  /** What that cause has changed is as it was before. */
  clear(cause: object): void {
    const before = this.#before.get(cause);
    this.#before.delete(cause);
    if (before !== undefined) this.#change(before.name, before.state);
  }

  #standingOf(name: string): AlarmStanding<OwnAlarmState> {
    return this.#alarms.get(name)?.standing ?? ownStanding('OK', this.#clock.now());
  }

  /** CloudWatch tells of changes alone. */
  #change(name: string, state: OwnAlarmState): void {
    const before = this.#standingOf(name);
    if (before.value === state) return;
    const after = ownStanding(state, this.#clock.now());
    this.#alarms.set(name, { name, standing: after });
    const event = ownAlarmEvent({ id: uuid(this.#ids), name, names: this.#names, before, after });
    this.#bus?.put(event, { service: this.#service, state });
  }
}
