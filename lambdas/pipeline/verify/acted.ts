import type { ServiceSettings } from '../../contract/settings.ts';
import { type Duration, type Instant, inMillis } from '../../contract/time.ts';
import type { Standing, Symptoms, TargetEvidence } from '../../model/facts.ts';
import type { Check, CheckReason } from '../../model/incident.ts';
import type { Attempt, History } from '../../model/incident-state.ts';
import type { Signal } from '../../model/signal.ts';

/** What a check rests on. */
export type VerifyFacts = {
  readonly settings: ServiceSettings;
  readonly standing: Standing;
  readonly symptoms: Symptoms;
  readonly evidence: TargetEvidence;
  readonly history: History;
  /** The newest signal of each alarm. */
  readonly signals: readonly Signal[];
};

/** What became of an act, and one sentence with the figures. `inVain`: it is to be taken back, though nothing got worse. */
export type Checked = { readonly check: Check; readonly says: string; readonly inVain?: CheckReason };

/** When the change was seen; while that is not known, when its order began. */
export const actedAt = ({ resultAt, startedAt }: Attempt): Instant => resultAt ?? startedAt;

/** When the check of something that happened at `since` must be over: never before `verifyWithin` has passed. */
export const deadline = (since: Instant, by: Duration, { timing }: ServiceSettings): Instant =>
  since + Math.max(inMillis(by), inMillis(timing.verifyWithin));
