import type { AlarmSpec } from '../../../lambdas/contract/alarms/alarm.ts';
import { alarmsOf } from '../../../lambdas/contract/alarms/alarms.ts';
import { type AlarmState, evaluate, value } from '../../../lambdas/contract/alarms/evaluate.ts';
import { groupsOfAlarms, seriesOf } from '../../../lambdas/contract/alarms/watched.ts';
import { type AlarmKind, alarmName } from '../../../lambdas/contract/names.ts';
import type { ServiceSettings } from '../../../lambdas/contract/settings.ts';
import { type Instant, metricMinute } from '../../../lambdas/contract/time.ts';
import type { VirtualClock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { Names } from './account.ts';
import { type AlarmStanding, alarmEvent, standing } from './alarm-event.ts';
import type { Conditions } from './conditions.ts';
import type { EventBus } from './event-bus.ts';
import type { MetricStore } from './metric-store.ts';

/** CloudWatch evaluates each alarm once a minute, at a time of its own within these ms after the full minute. */
const [earliest, latest] = [20_000, 40_000];

/** One deployed alarm. Its newest minute is the newest whose datapoints have come, or have failed to come in time. */
export class Alarm {
  readonly name: string;
  readonly kind: AlarmKind;
  readonly #spec: AlarmSpec;
  readonly #groups: readonly number[];
  /** Every state it had, oldest first; for the judge. */
  readonly history: Pick<AlarmStanding, 'value' | 'at'>[] = [];
  #standing: AlarmStanding;

  /** The `index`th of its kind, over those of the service's target groups. */
  constructor(spec: AlarmSpec, settings: ServiceSettings, index: number, groups: readonly number[], at: Instant) {
    this.kind = spec.kind;
    this.name = alarmName(settings.pipeline, settings.id, spec.kind, index);
    this.#spec = spec;
    this.#groups = groups;
    this.#standing = { value: 'OK', reason: 'Unchecked: Initial alarm creation', reasonData: '', at };
  }

  get state(): AlarmState {
    return this.#standing.value;
  }

  get standing(): AlarmStanding {
    return this.#standing;
  }

  /** Evaluates it; the event of the change, if there is one. */
  check(
    store: MetricStore,
    settings: ServiceSettings,
    names: Names,
    now: Instant,
    id: () => string,
    muted: boolean,
  ): object | undefined {
    const window = store.window(this.#spec.policy.of, now);
    const mine = this.#groups.map((group) => window.groups[group] ?? {});
    const series = seriesOf(this.#spec, mine, window.service);
    const state = evaluate(this.#spec, series, window.minutes - 1);
    if (state === this.#standing.value) return undefined;
    const before = this.#standing;
    const values = Array.from({ length: window.minutes }, (_, minute) => value(this.#spec.expression, series, minute));
    this.#standing = standing(this.#spec, state, { values, until: window.until }, now);
    this.history.push({ value: state, at: now });
    return alarmEvent({
      id: id(),
      name: this.name,
      names,
      spec: this.#spec,
      settings,
      groups: this.#groups,
      before,
      after: this.#standing,
      muted,
    });
  }
}

/** The alarms a service really has: one per target group, or one over all of them. */
export const alarmsFor = (settings: ServiceSettings, at: Instant): readonly Alarm[] =>
  alarmsOf(settings).flatMap((spec) =>
    groupsOfAlarms(spec, [...settings.resources.targetGroups.keys()]).map(
      (groups, index) => new Alarm(spec, settings, index, groups, at),
    ),
  );

/** Evaluates the alarms every minute from now on and puts their changes on the bus. */
export function watchAlarms(given: {
  readonly alarms: readonly Alarm[];
  readonly store: MetricStore;
  readonly settings: ServiceSettings;
  readonly conditions: Conditions;
  readonly names: Names;
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly bus: EventBus;
}): void {
  const { clock, bus, random } = given;
  const ids = random.fork('event ids');
  const id = (): string => uuid(ids);
  for (const alarm of given.alarms) {
    const phase = random.fork(alarm.name).between(earliest, latest);
    const evaluateNow = (): void => {
      const muted = given.conditions.muted.newest ?? false;
      const event = alarm.check(given.store, given.settings, given.names, clock.now(), id, muted);
      if (event !== undefined) bus.put(event, { service: given.settings.id, state: alarm.state });
      clock.tick(clock.now() + metricMinute, evaluateNow);
    };
    clock.tick(clock.now() + Math.round(phase), evaluateNow);
  }
}

export function uuid(random: Random): string {
  const digits = random.hex(32);
  return [8, 4, 4, 4, 12].reduce<readonly [string, number]>(
    ([text, from], length) => [`${text}${from === 0 ? '' : '-'}${digits.slice(from, from + length)}`, from + length],
    ['', 0],
  )[0];
}
