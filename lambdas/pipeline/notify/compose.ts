import type { ServiceSettings } from '../../contract/settings.ts';
import type { Incident } from '../../model/incident.ts';
import type { IncidentState } from '../../model/incident-state.ts';
import type { EntryOf, LedgerEntry } from '../../model/ledger-entry.ts';
import type { Message } from '../../model/message.ts';
import type { Order } from '../../model/order.ts';
import { askedBody, voidedBody } from './asked.ts';
import { actedBody, handedOverBody, openedBody, recoveredBody } from './body.ts';
import { onlyKind, type Told, tellable } from './story.ts';
import {
  actedSubject,
  askedSubject,
  handedOverSubject,
  openedSubject,
  recoveredSubject,
  voidedSubject,
} from './subject.ts';
import { handedOverTogether, heldTogether, openedTogether } from './together.ts';

export type Context = {
  readonly incident: Incident;
  /** The fold over all entries, those to be told included. */
  readonly state: IncidentState;
  readonly settings: ServiceSettings;
  /** What a person may have taken back, newest first. */
  readonly undoable: readonly Order[];
  /** The address of the API through which people ask. */
  readonly operatorApi: string;
  /** All entries of the incident, oldest first; the given ones alone when it is left out. */
  readonly story?: readonly LedgerEntry[];
};

/**
 * What people are told of these new entries: one message when the incident is opened (its first diagnosis), one when they are
 * asked or need not answer any more, one when a rung begins to change something, one when it ends. Everything else waits for the message at the end.
 */
export function compose(entries: readonly LedgerEntry[], context: Context): readonly Message[] {
  const known = new Set((context.story ?? []).map((entry) => entry.id));
  const story = [...(context.story ?? []), ...entries.filter((entry) => !known.has(entry.id))];
  const told = tellable(story, context);
  return entries.flatMap((entry) => question(entry, entries, told) ?? message(entry, story, told, context) ?? []);
}

function message(entry: LedgerEntry, story: readonly LedgerEntry[], told: Told, context: Context): Message | undefined {
  switch (entry.kind) {
    case 'DiagnosisMade':
      return onlyKind(story, 'DiagnosisMade')[0]?.id === entry.id ? opened(entry, story, told) : undefined;
    case 'ActionStarted':
      return acted(entry, story, told);
    case 'RecoveryConfirmed':
      return recovered(entry, told);
    case 'HandedOver':
      return handedOver(entry, story, told, context);
    default:
      return undefined;
  }
}

/** A proposal that is made anew, or an end, says by itself that the one before is void. */
function question(entry: LedgerEntry, entries: readonly LedgerEntry[], told: Told): Message | undefined {
  if (entry.kind === 'ApprovalRequested') {
    const before = onlyKind(entries, 'ApprovalVoided')[0];
    return {
      ...envelope(entry, told),
      subject: askedSubject(told, entry.request.proposals),
      body: askedBody(told, entry, before),
      kind: 'asked',
      severity: 'critical',
      status: 'update',
    };
  }
  const goesOn = entries.every(({ kind }) => kind !== 'ApprovalRequested' && !ends.has(kind));
  if (entry.kind !== 'ApprovalVoided' || !goesOn) return undefined;
  const subject = voidedSubject(told);
  return {
    ...envelope(entry, told),
    subject,
    body: voidedBody(told, entry),
    kind: 'asked',
    severity: 'info',
    status: 'update',
  };
}

const ends: ReadonlySet<LedgerEntry['kind']> = new Set(['RecoveryConfirmed', 'HandedOver']);

function opened(entry: EntryOf<'DiagnosisMade'>, story: readonly LedgerEntry[], given: Told): Message {
  const told = { ...given, diagnosis: entry.diagnosis };
  const together = heldTogether(story);
  if (together !== undefined) return openedTogether(told, together);
  const isDown = told.signals.some(({ kind, state }) => kind === 'no-capacity' && state === 'firing');
  return {
    ...envelope(entry, told),
    subject: openedSubject(told),
    body: openedBody(told),
    kind: 'opened',
    severity: isDown ? 'critical' : 'warning',
    status: 'trigger',
  };
}

/** The first act of a rung that may have changed something. A way back is told of at the end, with what it took back. */
function acted(entry: EntryOf<'ActionStarted'>, story: readonly LedgerEntry[], told: Told): Message | undefined {
  const { order } = entry;
  if (order.undoes !== null) return undefined;
  const results = new Map(onlyKind(story, 'ActionCompleted').map(({ orderId, result }) => [orderId, result]));
  const first = onlyKind(story, 'ActionStarted').find(
    (each) => each.order.rung === order.rung && results.get(each.order.id)?.kind !== 'refused',
  );
  if (first?.id !== entry.id) return undefined;
  const result = results.get(order.id);
  return {
    ...envelope(entry, told),
    subject: actedSubject(told, order.proposal, result?.kind === 'done'),
    body: actedBody(told, entry, result ?? null),
    kind: 'acted',
    severity: 'warning',
    status: 'update',
  };
}

function recovered(entry: EntryOf<'RecoveryConfirmed'>, told: Told): Message {
  return {
    ...envelope(entry, told),
    subject: recoveredSubject(told, entry.at - told.began),
    body: recoveredBody(told, entry),
    kind: 'recovered',
    severity: 'info',
    status: 'resolve',
  };
}

/** A hand-over that comes before anybody heard of the incident opens it for those who are told. */
function handedOver(
  entry: EntryOf<'HandedOver'>,
  story: readonly LedgerEntry[],
  told: Told,
  { state }: Context,
): Message {
  const together = entry.reason === 'services.many' ? heldTogether(story) : undefined;
  if (together !== undefined && entry.leftUndone.length === 0) return handedOverTogether(told, together, entry);
  return {
    ...envelope(entry, told),
    subject: handedOverSubject(told),
    body: handedOverBody(told, entry),
    kind: 'handed-over',
    severity: 'critical',
    status: state.diagnosis === null ? 'trigger' : 'update',
  };
}

const envelope = (
  { id, incident }: LedgerEntry,
  { settings }: Told,
): Pick<Message, 'id' | 'topic' | 'service' | 'dedupKey'> => ({
  id: `${incident}/${id}`,
  topic: settings.topic,
  service: settings.id,
  dedupKey: incident,
});
