import type { FleetRecord, InFlight } from '../../contract/fleet-record.ts';
import type { FleetLimits } from '../../contract/settings.ts';
import { after, type Instant } from '../../contract/time.ts';
import type { Order, OrderRef } from '../../model/order.ts';
import { isSpent, noted } from './verified-acts.ts';

/** Acts in flight now. One whose check is overdue is in flight no more, and has failed. */
export const inFlightAt = ({ inFlight }: FleetRecord, now: Instant): readonly InFlight[] =>
  inFlight.filter(({ until }) => until > now);

/** Acts that may be in flight at once now. */
export const paceAt = ({ pace, inFlight }: FleetRecord, { velocity }: FleetLimits, now: Instant): number =>
  inFlight.some((act) => isOverdue(act, now)) ? 1 : Math.min(pace, velocity.most);

/** Gives an order its place; once, however often it is asked. Whether there is room is the guardrail's to say. */
export function reserve(given: FleetRecord, order: Order, now: Instant): FleetRecord {
  const record = expire(given, order.settings.fleet, now);
  if (record.inFlight.some((act) => isOf(act, refOf(order)))) return record;
  const { id, incidentId: incident, service, settings, proposal, expiresAt, undoes } = order;
  // Its check may be put off while the world cannot be read.
  const until = after(after(expiresAt, proposal.expects.by), settings.timing.patience);
  const act: InFlight = {
    incident,
    order: id,
    service,
    since: now,
    until,
    wayBack: undoes !== null || proposal.repeats !== undefined,
  };
  return { ...record, inFlight: [...record.inFlight, act] };
}

/** Nothing was changed: as if it had never been asked for. */
export const giveBack = (record: FleetRecord, ref: OrderRef): FleetRecord =>
  record.inFlight.some((act) => isOf(act, ref))
    ? { ...record, inFlight: record.inFlight.filter((act) => !isOf(act, ref)) }
    : record;

/**
 * An act was verified, or nobody will verify it any more. What helped doubles the pace; what failed sets it back. A way back does
 * neither. Of an act that holds no place nothing is noted, so that settling twice is settling once.
 */
export function settle(
  given: FleetRecord,
  ref: OrderRef,
  failed: boolean,
  limits: FleetLimits,
  now: Instant,
): FleetRecord {
  const record = expire(given, limits, now);
  const act = record.inFlight.find((each) => isOf(each, ref));
  return act === undefined ? record : conclude(giveBack(record, ref), act, failed, limits, now);
}

/** The acts of an incident that has ended: whatever has not been verified has failed. */
export const settleAll = (record: FleetRecord, incident: string, limits: FleetLimits, now: Instant): FleetRecord =>
  record.inFlight
    .filter((act) => act.incident === incident)
    .reduce(
      (each, { order }) => settle(each, { incidentId: incident, orderId: order }, true, limits, now),
      expire(record, limits, now),
    );

/** What nobody has verified in time has failed. */
function expire(record: FleetRecord, limits: FleetLimits, now: Instant): FleetRecord {
  if (record.inFlight.every(({ until }) => until > now)) return record;
  const kept = { ...record, inFlight: inFlightAt(record, now) };
  return record.inFlight
    .filter((act) => isOverdue(act, now))
    .reduce((each, act) => conclude(each, act, true, limits, now), kept);
}

function conclude(
  record: FleetRecord,
  { incident, order, service, wayBack }: InFlight,
  failed: boolean,
  limits: FleetLimits,
  now: Instant,
): FleetRecord {
  if (wayBack) return record;
  const first = failed && record.verified[0]?.failed !== true;
  const verified = noted(record.verified, { incident, order, service, at: now, failed });
  const pace = failed ? 1 : Math.max(record.pace, Math.min(2 * record.pace, limits.velocity.most));
  const demoted = !isSpent(record.verified, limits, now) && isSpent(verified, limits, now);
  return {
    ...record,
    verified,
    pace,
    resets: record.resets + (first ? 1 : 0),
    demotions: record.demotions + (demoted ? 1 : 0),
  };
}

const isOverdue = (act: InFlight, now: Instant): boolean => act.until <= now && !act.wayBack;

const isOf = (act: InFlight, { incidentId, orderId }: OrderRef): boolean =>
  act.incident === incidentId && act.order === orderId;

const refOf = ({ incidentId, id }: Order): OrderRef => ({ incidentId, orderId: id });
