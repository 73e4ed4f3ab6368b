import type { AlarmKind } from '../../lambdas/contract/names.ts';
import type { AlarmPolicy, ServiceSettings } from '../../lambdas/contract/settings.ts';
import type { PolicyConfig } from './policy.ts';

/** Every field there. */
export type Complete<T> = { [K in keyof T]-?: Exclude<T[K], undefined> };
/** The alarms of a policy on which the defaults were laid. */
export type CompleteAlarms = Complete<Exclude<PolicyConfig['alarms'], 'none' | undefined>>;

type AlarmNumbers = {
  readonly threshold?: number | undefined;
  readonly minimumRequests?: number | undefined;
  readonly breaching?: number | undefined;
  readonly of?: number | undefined;
};

/** What keeps an alarm's numbers from making sense, as a sentence without its subject; `undefined` when nothing does. */
export function alarmProblem({ threshold, breaching = 1, of = 1 }: AlarmNumbers): string | undefined {
  if (threshold === undefined) return 'needs a threshold; it has no default.';
  if (breaching > of) return `${breaching} of ${of} minutes can never breach; allowed is at most ${of} of ${of}.`;
  return undefined;
}

function alarmPolicy(id: string, kind: AlarmKind, alarm: 'none' | AlarmNumbers): AlarmPolicy | null {
  if (alarm === 'none') return null;
  const { threshold, minimumRequests = 0, breaching = 1, of = 1 } = alarm;
  const problem = alarmProblem(alarm);
  if (problem !== undefined || threshold === undefined) throw new Error(`services.${id}.alarms.${kind}: ${problem}`);
  return { threshold, minimumRequests, breaching, of };
}

/** The alarms in the contract's form; null for none. Throws one sentence when an alarm's numbers make no sense. */
export function alarmPolicies(id: string, alarms: CompleteAlarms | 'none'): ServiceSettings['alarms'] {
  const of = (kind: AlarmKind) => (alarms === 'none' ? null : alarmPolicy(id, kind, alarms[kind]));
  return {
    latency: of('latency'),
    errors: of('errors'),
    'unhealthy-targets': of('unhealthy-targets'),
    'no-capacity': of('no-capacity'),
    'below-desired': of('below-desired'),
  };
}
