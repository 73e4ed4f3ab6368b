import { type FleetRecord, newFleetRecord } from '../../../lambdas/contract/fleet-record.ts';
import type { FleetSeen } from '../../../lambdas/model/fleet.ts';
import type { Fleet, FleetSize } from '../../../lambdas/ports/fleet.ts';
import type { SimulatedLedger } from './ledger.ts';
import { sealed } from './sealed.ts';

/** What all services share, in memory; nothing can come between the read and the write of one update. */
export class SimulatedFleet implements Fleet, FleetSize {
  readonly #ledger: Pick<SimulatedLedger, 'newestIncidents'>;
  readonly #services: number;
  record: FleetRecord = newFleetRecord;

  constructor(ledger: Pick<SimulatedLedger, 'newestIncidents'>, services: number) {
    this.#ledger = ledger;
    this.#services = services;
  }

  async read(): Promise<FleetSeen> {
    return { record: this.record, incidents: this.#ledger.newestIncidents };
  }

  async services(): Promise<number> {
    return this.#services;
  }

  async update<T>(change: (record: FleetRecord) => { readonly record: FleetRecord; readonly result: T }): Promise<T> {
    const { record, result } = change(this.record);
    if (record !== this.record) this.record = sealed(record);
    return result;
  }
}
