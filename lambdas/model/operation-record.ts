import type { Instant } from '../contract/time.ts';
import type { Answer, OperationRequest } from './operation.ts';

/** One operation as it was asked for: who, when, why. Written before anything is done for it. */
export type OperationRecord = OperationRequest & {
  readonly at: Instant;
  /** Null until it is known. */
  readonly answer: Answer | null;
};
