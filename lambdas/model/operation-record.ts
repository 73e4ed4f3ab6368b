import type { Instant } from '../contract/time.ts';
import type { Answer, Operation } from './operation.ts';

/** One operation as it was asked for: who, when, why. Written before anything is done for it. */
export type OperationRecord = {
  /** Of the request: the same however often it comes. Sorts by time. */
  readonly id: string;
  readonly at: Instant;
  readonly by: string;
  readonly operation: Operation;
  /** Null until it is known. */
  readonly answer: Answer | null;
};
