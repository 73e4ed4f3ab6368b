import type { Instant } from '../contract/time.ts';
import type { Controls } from '../model/controls.ts';
import type { Answer } from '../model/operation.ts';
import type { OperationRecord } from '../model/operation-record.ts';

/** What all pause items say now, each by itself. */
export type AllControls = {
  readonly everything: Controls;
  /** Services that have an item of their own. */
  readonly services: Readonly<Record<string, Controls>>;
};

/** What a person says of everything, or of one service. */
export type ControlsChange = {
  readonly paused: boolean;
  readonly by: string;
  readonly why: string;
  /** Null for a pause that a person must end. */
  readonly until: Instant | null;
};

/** The pause items, for the one function through which people write them. */
export interface ControlsWriter {
  readAll(): Promise<AllControls>;
  /** Writes the item for everything (`service` null) or for one service, whatever it said before. */
  write(service: string | null, change: ControlsChange): Promise<void>;
}

/** Append-only: what people asked for, and what came of it. */
export interface OperationLog {
  /** Writes the record unless there is one with its id, which is then given back as it stands. */
  begin(record: OperationRecord): Promise<'begun' | OperationRecord>;
  /** Adds the answer to what was begun. The first one stays. */
  end(id: string, answer: Answer): Promise<void>;
}
