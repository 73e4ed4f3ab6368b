import type { Duration } from '../contract/time.ts';

/** What a person may ask of Paramedic. Who asks is not part of it: that is the caller's own identity. */
export type Operation =
  /** `service` null for everything; `for` null for a pause that a person must end. */
  | { readonly kind: 'pause'; readonly service: string | null; readonly for: Duration | null; readonly why: string }
  | { readonly kind: 'resume'; readonly service: string | null; readonly why: string }
  /** Answers the proposal of that id, and no other. */
  | {
      readonly kind: 'approve' | 'reject';
      readonly incident: string;
      readonly request: string;
      readonly why: string;
    }
  /** Takes back what was done in the incident. */
  | { readonly kind: 'undo'; readonly incident: string; readonly why: string };
export type OperationKind = Operation['kind'];

/** What the function for stopping carries out, and what the one for treatments does. */
export type StopOperation = Extract<Operation, { readonly kind: 'pause' | 'resume' }>;
export type TreatmentOperation = Exclude<Operation, StopOperation>;

/** An operation as it is asked for: by whom, and under which id, which is the same however often it is asked. */
export type OperationRequest<O extends Operation = Operation> = {
  readonly id: string;
  readonly by: string;
  readonly operation: O;
};

/** What came of it: one sentence for the person who asked. Refused: nothing was changed. */
export type Answer = { readonly kind: 'done' | 'refused'; readonly says: string };
