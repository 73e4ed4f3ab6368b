import { z } from 'zod';
import type { ActionKind } from '../../lambdas/contract/names.ts';
import { grants } from '../../lambdas/contract/permissions.ts';
import { type ReasonCode, reasons } from '../../lambdas/contract/reasons.ts';
import { inMillis } from '../../lambdas/contract/time.ts';
import type { DiagnosisKind } from '../../lambdas/model/diagnosis.ts';
import { duration } from '../config/duration.ts';
import { share } from '../config/units.ts';
import { revision } from './faults/fields.ts';

const outcomes = ['recovered', 'handed-over', 'no-incident'] as const;

const diagnosisKinds = [
  'sick-target',
  'bad-deployment',
  'shared-cause',
  'worn-out',
  'aws-is-healing',
  'undetermined',
] as const satisfies readonly DiagnosisKind[];

const action = z.enum(Object.keys(grants) as [ActionKind, ...ActionKind[]]);
const reason = z.enum(Object.keys(reasons) as [ReasonCode, ...ReasonCode[]]);
const within = duration.transform(inMillis);
const count = z.int().nonnegative();

/** One value, or a list of those that are fine. */
const anyOf = <S extends z.ZodType>(one: S) =>
  z.union([one.transform((value) => [value]), z.array(one).min(1)]) satisfies z.ZodType;

/** What a run of a scenario must show; every key is optional. The clocks start when true traffic first leaves the thresholds. */
export const expectationSchema = z.strictObject({
  /** The worst ending of its incidents, or `no-incident`. */
  outcome: anyOf(z.enum(outcomes)).optional(),
  /** The diagnosis the first incident ended with. */
  diagnosis: anyOf(z.enum(diagnosisKinds)).optional(),
  /** How many incidents are opened. */
  incidents: count.optional(),
  /** An incident is open by then. */
  detectedWithin: within.optional(),
  /** From then on the true traffic stays within the thresholds. */
  mitigatedWithin: within.optional(),
  /** Somebody is told by then of the service in trouble; counted from the first fault where the traffic stays fine. */
  toldWithin: within.optional(),
  /** A person owns it by then. */
  handedOverWithin: within.optional(),
  /** Exactly these changes, in this order; in observe mode those that were withheld. */
  actions: z.array(action).optional(),
  /** None of these changes. */
  never: z.array(action).optional(),
  /** Exactly these orders, in this order, carried out or refused by their functions: what deciding let through. */
  ordered: z.array(action).optional(),
  /** The release that most healthy targets of a service run at the end. */
  inService: z.record(z.string(), revision.nullable()).optional(),
  /** At most this share of all requests failed or was slow. */
  badShare: share.optional(),
  /** At most so many tasks without a fault of their own were taken out or replaced. */
  wellTasksOut: count.optional(),
  /** Exactly these releases are condemned at the end. */
  condemned: z.array(revision).optional(),
  /** Why it was handed over. */
  reason: anyOf(reason).optional(),
  /** What the last message must say, each of these literally. */
  says: anyOf(z.string().min(1)).optional(),
  /** At most so many messages in all. */
  messagesAtMost: count.optional(),
});
export type Expectations = z.output<typeof expectationSchema>;
