import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Instant } from '../contract/time.ts';
import type { Neighbourhood, ServiceIncident } from '../model/fleet.ts';
import type { Incident } from '../model/incident.ts';
import type { Order } from '../model/order.ts';
import { n, numberIn, s, textIn } from './items.ts';
import { fleetServiceKey } from './ledger-keys.ts';
import type { Item, Table } from './table.ts';

// One item per service tells all others of its newest incident. It is changed in the transactions that open and close one and claim
// an order, so that it is never behind; and only part by part, so that it outlives each incident.

/** A new incident. When the service was last acted on stays. */
export const opened = (
  table: Table,
  { service, id, openedAt }: Incident,
  place: Neighbourhood | null,
): TransactWriteItem =>
  change(table, service, {
    set: { incident: s(id), openedAt: n(openedAt), place: s(JSON.stringify(place)) },
    remove: 'closedAt',
  });

/** The service is free again. */
export const ended = (table: Table, service: string, at: Instant): TransactWriteItem =>
  change(table, service, { set: { closedAt: n(at) } });

/** An order of it is begun. */
export const acting = (table: Table, { service }: Order, at: Instant): TransactWriteItem =>
  change(table, service, { set: { actedAt: n(at) } });

/** What the item says; nothing for a service whose incident opened before such items were kept. */
export function serviceIncident(item: Item): readonly ServiceIncident[] {
  if (item.incident === undefined) return [];
  return [
    {
      service: textIn(item, 'sk').replace('SERVICE#', ''),
      incident: textIn(item, 'incident'),
      openedAt: numberIn(item, 'openedAt'),
      closedAt: item.closedAt === undefined ? null : numberIn(item, 'closedAt'),
      actedAt: item.actedAt === undefined ? null : numberIn(item, 'actedAt'),
      place: JSON.parse(textIn(item, 'place')) as Neighbourhood | null,
    },
  ];
}

function change(
  table: Table,
  service: string,
  { set, remove }: { readonly set: Item; readonly remove?: string },
): TransactWriteItem {
  const names = [...Object.keys(set), ...(remove === undefined ? [] : [remove])];
  const setting = Object.keys(set).map((name) => `#${name} = :${name}`);
  return {
    Update: {
      TableName: table.name,
      Key: { ...fleetServiceKey(service) },
      UpdateExpression: `SET ${setting.join(', ')}${remove === undefined ? '' : ` REMOVE #${remove}`}`,
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries(Object.entries(set).map(([name, value]) => [`:${name}`, value])),
    },
  };
}
