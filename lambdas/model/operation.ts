import type { Instant } from '../contract/time.ts';

/** What a person may ask of Paramedic. Who asks is not part of it: that is the caller's own identity. */
export type Operation =
  /** `service` null for everything; `until` null for a pause that a person must end. */
  | { readonly kind: 'pause'; readonly service: string | null; readonly until: Instant | null; readonly why: string }
  | { readonly kind: 'resume'; readonly service: string | null; readonly why: string }
  /** Answers the proposal the incident waits for. */
  | { readonly kind: 'approve' | 'reject'; readonly incident: string; readonly why: string }
  /** Takes back what was done in the incident. */
  | { readonly kind: 'undo'; readonly incident: string; readonly why: string };
export type OperationKind = Operation['kind'];

/** What came of it: one sentence for the person who asked. Refused: nothing was changed. */
export type Answer = { readonly kind: 'done' | 'refused'; readonly says: string };
