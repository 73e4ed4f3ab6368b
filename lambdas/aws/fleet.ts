import { type FleetRecord, newFleetRecord } from '../contract/fleet-record.ts';
import type { Fleet } from '../ports/fleet.ts';
import { serviceIncident } from './ledger-fleet-items.ts';
import { fleetPartition, fleetRecordKey } from './ledger-keys.ts';
import { changeRecord, recordIn } from './shared-record.ts';
import type { Table } from './table.ts';

/** Hears of each change once, when it was really written. */
export type FleetListener = (old: FleetRecord, next: FleetRecord) => void;

/** What goes on in all services: one partition, read in one query, and one record of it that all share. */
export const awsFleet = (table: Table, heard: FleetListener = () => {}): Fleet => ({
  read: async () => {
    // From R on: `RECORD` and all of `SERVICE#`; a key may not be compared with an empty text.
    const items = await table.query(fleetPartition, '', 'R');
    const record = items.find((item) => item.sk?.S === fleetRecordKey.sk.S);
    const incidents = items.filter((item) => item !== record).flatMap(serviceIncident);
    return { record: recordIn(record, newFleetRecord), incidents };
  },
  update: async (change) => {
    const complaint = 'The record of what goes on in all services kept changing under our hands.';
    const { before, record, result } = await changeRecord(table, fleetRecordKey, newFleetRecord, change, complaint);
    if (record !== before) heard(before, record);
    return result;
  },
});
