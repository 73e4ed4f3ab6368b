import { type FleetRecord, newFleetRecord } from '../contract/fleet-record.ts';
import type { Fleet } from '../ports/fleet.ts';
import { n, numberIn, s, textIn } from './items.ts';
import { serviceIncident } from './ledger-fleet-items.ts';
import { fleetPartition, fleetRecordKey } from './ledger-keys.ts';
import type { Item, Table } from './table.ts';

/** Incidents that write at once; each attempt that fails means that another one succeeded. */
const attempts = 40;

/** Hears of each change once, when it was really written. */
export type FleetListener = (old: FleetRecord, next: FleetRecord) => void;

/** What goes on in all services: one partition, read in one query; the record changes only if nobody else has changed it in between. */
export const awsFleet = (table: Table, heard: FleetListener = () => {}): Fleet => ({
  read: async () => {
    // From R on: `RECORD` and all of `SERVICE#`; a key may not be compared with an empty text.
    const items = await table.query(fleetPartition, '', 'R');
    const record = items.find((item) => item.sk?.S === fleetRecordKey.sk.S);
    return { record: recordIn(record), incidents: items.filter((item) => item !== record).flatMap(serviceIncident) };
  },
  update: async (change) => {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const item = await table.get(fleetRecordKey);
      const before = recordIn(item);
      const { record, result } = change(before);
      if (record === before) return result;
      if (await write(table, record, item)) {
        heard(before, record);
        return result;
      }
      await table.breathe(attempt);
    }
    throw new Error('The record of what goes on in all services kept changing under our hands.');
  },
});

const recordIn = (item: Item | undefined): FleetRecord =>
  item === undefined ? newFleetRecord : (JSON.parse(textIn(item, 'record')) as FleetRecord);

async function write(table: Table, record: FleetRecord, before: Item | undefined): Promise<boolean> {
  const version = before === undefined ? 0 : numberIn(before, 'version');
  const condition =
    before === undefined
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: '#version = :version',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':version': n(version) },
        };
  const Item = { ...fleetRecordKey, version: n(version + 1), record: s(JSON.stringify(record)) };
  return (await table.transact([{ Put: { TableName: table.name, Item, ...condition } }])) === undefined;
}
