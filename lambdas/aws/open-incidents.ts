import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Duration, Instant } from '../contract/time.ts';
import type { Incident } from '../model/incident.ts';
import type { OpenIncident } from '../model/open-incident.ts';
import type { OpenIncidents } from '../ports/sweep.ts';
import { n, numberIn, s, textIn } from './items.ts';
import { expiring } from './ledger-entry-items.ts';
import { fleetPartition, openIncidentKey, prefixes } from './ledger-keys.ts';
import { statusIn } from './ledger-open-item.ts';
import type { Item, Table } from './table.ts';

/** How long a closed incident is listed, give or take what DynamoDB takes to tidy up. */
const closedFor: Duration = { days: 1 };

/**
 * Puts an incident on the list of those that are open, or were lately; part of the transaction that opens it, moves it on or
 * closes it. There is one item for a service, and none for one that had no incident lately.
 */
export const listed = (table: Table, incident: Incident, closedAt: Instant | null = null): TransactWriteItem => ({
  Put: {
    TableName: table.name,
    Item: {
      ...openIncidentKey(incident.service),
      incident: s(incident.id),
      service: s(incident.service),
      openedAt: n(incident.openedAt),
      status: s(incident.status),
      ...(closedAt === null ? {} : { closedAt: n(closedAt), ...expiring(closedAt, closedFor) }),
    },
  },
});

/** One query, whatever number of services there is. */
export const awsOpenIncidents = (table: Table): OpenIncidents => ({
  list: async () => (await table.query(fleetPartition, prefixes.open)).map(openIncident),
});

const openIncident = (item: Item): OpenIncident => ({
  incident: textIn(item, 'incident'),
  service: textIn(item, 'service'),
  openedAt: numberIn(item, 'openedAt'),
  status: statusIn(item),
  closedAt: item.closedAt === undefined ? null : numberIn(item, 'closedAt'),
});
