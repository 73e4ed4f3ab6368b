import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Instant } from '../contract/time.ts';
import type { Incident } from '../model/incident.ts';
import { n, nameOf, numberIn, s, textIn } from './items.ts';
import { openKey } from './ledger-keys.ts';
import type { Item, Table } from './table.ts';

/** The newest change of state of one alarm, by which duplicates and overtaken events are known. */
export type Heard = { readonly id: string; readonly at: Instant };

/**
 * The one item per service that every writer changes conditionally: the service's newest incident, how many signals have
 * joined it, and the number of the next entry. It stays when the incident is closed, so that fences never start anew.
 */
export type OpenItem = {
  readonly incident: Incident;
  readonly signals: number;
  readonly seq: number;
  readonly newest: Readonly<Record<string, Heard>>;
  /** The act that was begun and of which nobody knows what became of it: `<incident>/<order>`. Null: none. */
  readonly inFlight: string | null;
};

export const inFlightName = (incident: string, order: string): string => `${incident}/${order}`;

const statuses: ReadonlySet<string> = new Set([
  'starting',
  'started',
  'handed-over',
  'closed',
] satisfies Incident['status'][]);

/** The status an item gives to its incident. */
export function statusIn(item: Item): Incident['status'] {
  const status = textIn(item, 'status');
  if (!isStatus(status))
    throw new Error(`The ledger's item ${nameOf(item)} has the status "${status}", which is unknown.`);
  return status;
}

const isStatus = (word: string): word is Incident['status'] => statuses.has(word);

export async function readOpen(table: Table, service: string): Promise<OpenItem | undefined> {
  const item = await table.get(openKey(service));
  return item === undefined ? undefined : openItem(item, service);
}

function openItem(item: Item, service: string): OpenItem {
  return {
    incident: {
      id: textIn(item, 'incident'),
      service,
      openedAt: numberIn(item, 'openedAt'),
      fence: numberIn(item, 'fence'),
      status: statusIn(item),
    },
    signals: numberIn(item, 'signals'),
    seq: numberIn(item, 'seq'),
    newest: JSON.parse(textIn(item, 'newest')) as OpenItem['newest'],
    inFlight: item.inFlight === undefined ? null : textIn(item, 'inFlight'),
  };
}

/**
 * Writes the item if it is still as it was read: `before` undefined means that there was none. A claim changes nothing of it but
 * what is in flight, so that is compared beside the revision.
 */
export function putOpen(table: Table, before: OpenItem | undefined, next: OpenItem): TransactWriteItem {
  const { incident, signals, seq, newest, inFlight } = next;
  const condition =
    before === undefined
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: `#revision = :revision AND ${before.inFlight === null ? 'attribute_not_exists(#inFlight)' : '#inFlight = :inFlight'}`,
          ExpressionAttributeNames: { '#revision': 'revision', '#inFlight': 'inFlight' },
          ExpressionAttributeValues: {
            ':revision': s(revisionOf(before)),
            ...(before.inFlight === null ? {} : { ':inFlight': s(before.inFlight) }),
          },
        };
  const Item = {
    ...openKey(incident.service),
    incident: s(incident.id),
    openedAt: n(incident.openedAt),
    fence: n(incident.fence),
    status: s(incident.status),
    signals: n(signals),
    seq: n(seq),
    newest: s(JSON.stringify(newest)),
    revision: s(revisionOf(next)),
    ...(inFlight === null ? {} : { inFlight: s(inFlight) }),
  };
  return { Put: { TableName: table.name, Item, ...condition } };
}

/** Every write moves an incident on: its entries, its status, or both. Nothing ever returns to an earlier revision. */
const revisionOf = ({ incident, seq }: OpenItem): string => `${incident.fence}.${seq}.${incident.status}`;
