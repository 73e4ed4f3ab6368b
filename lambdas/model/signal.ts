import type { SignalKind } from '../contract/names.ts';
import type { Instant } from '../contract/time.ts';

/** A normalised "something is wrong / is right again". */
export type Signal = {
  /** What duplicates share: the source's name and its state's timestamp. */
  readonly id: string;
  readonly service: string;
  readonly kind: SignalKind;
  /** The alarm's full name: several alarms may stand for one kind. */
  readonly alarm: string;
  readonly state: 'firing' | 'resolved';
  /** When the source changed its state, not when we heard of it. */
  readonly at: Instant;
  /** `operator`: a person asked for something; always `resolved`, since nothing fires. */
  readonly source: 'cloudwatch-alarm' | 'ecs-event' | 'operator';
  /** What the source says, for people; never parsed. */
  readonly says: string;
};

/** Why an event is no signal. */
export type IgnoredBecause =
  | 'not-an-event'
  | 'other-source'
  | 'other-detail-type'
  | 'not-our-alarm'
  | 'other-pipeline'
  | 'unknown-service'
  | 'muted'
  | 'actions-suppressed'
  | 'insufficient-data'
  | 'no-change'
  | 'nothing-open'
  | 'duplicate'
  | 'overtaken'
  | 'informational';

export type Ignored = {
  readonly ignored: IgnoredBecause;
  /** Was the event itself readable? False for what is no event, or one of a kind nobody here knows. */
  readonly understood: boolean;
  readonly says: string;
  readonly service: string | null;
  readonly kind: SignalKind | null;
  readonly state: Signal['state'] | null;
};
