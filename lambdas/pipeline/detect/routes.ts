import { type AlarmKind, parseAlarmName, type SignalKind } from '../../contract/names.ts';
import type { Ignored } from '../../model/signal.ts';
import { quoted } from './fields.ts';
import { ignore } from './ignore.ts';

/** A team's own alarm that counts as a signal of one of the services. */
export type OwnedAlarm = {
  readonly service: string;
  readonly alarm: string;
  readonly match: 'exact' | 'prefix';
  readonly kind: AlarmKind;
};

/** What belongs to whom. */
export type Routes = {
  readonly pipeline: string;
  /** Ids of the configured services; null where that is not known. */
  readonly services: readonly string[] | null;
  readonly owned: readonly OwnedAlarm[];
};

export type Address = { readonly service: string; readonly kind: SignalKind };

/** Whose alarm is this? Our own names speak for themselves, composites included; a team's own alarms are listed. */
export function addressOf(alarm: string, routes: Routes): Address | Ignored {
  const ours = parseAlarmName(alarm);
  if (ours?.pipeline === routes.pipeline) return known({ service: ours.service, kind: ours.kind }, routes);
  const owner = routes.owned.find((each) =>
    each.match === 'exact' ? each.alarm === alarm : alarm.startsWith(each.alarm),
  );
  if (owner !== undefined) return known({ service: owner.service, kind: owner.kind }, routes);
  if (ours !== undefined) {
    const says = `The alarm ${quoted(alarm)} belongs to the pipeline "${ours.pipeline}", not to "${routes.pipeline}".`;
    return ignore('other-pipeline', says, ours);
  }
  const says = `The alarm ${quoted(alarm)} is neither one of Paramedic's own nor listed under "signals:" of a service.`;
  return ignore('not-our-alarm', says);
}

function known(address: Address, { services }: Routes): Address | Ignored {
  if (services === null || services.includes(address.service)) return address;
  const configured = services.length === 0 ? 'none' : services.slice(0, 10).join(', ');
  const says = `The service "${address.service}" is not configured; configured: ${configured}${services.length > 10 ? ', ...' : ''}.`;
  return ignore('unknown-service', says, address);
}
