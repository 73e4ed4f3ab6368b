import type { FleetRecord } from '../contract/fleet-record.ts';
import type { FleetSeen } from '../model/fleet.ts';

/** What goes on in all services of the pipeline. Rejects when it cannot be read or written. */
export interface Fleet {
  /** One strongly consistent query. */
  read(): Promise<FleetSeen>;
  /**
   * One atomic read, change and write; repeated when somebody else wrote in between. The same record again
   * is not written. `change` asks nothing but the clock.
   */
  update<T>(change: (record: FleetRecord) => { readonly record: FleetRecord; readonly result: T }): Promise<T>;
}

/** How many services the pipeline looks after, as its own stack publishes it. Rejects when it cannot be read. */
export interface FleetSize {
  services(): Promise<number>;
}
