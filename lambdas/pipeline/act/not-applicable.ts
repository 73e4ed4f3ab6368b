import type { ReasonCode } from '../../contract/reasons.ts';
import type { NotApplicable } from '../../model/proposal.ts';

/** Why an action is not proposed, in one sentence for people. */
export const notApplicable = (reason: ReasonCode, because: string): NotApplicable => ({
  kind: 'not-applicable',
  reason,
  because,
});

/** For acts that cannot be taken back. */
export const nothingToUndo = (because: string) => (): NotApplicable => notApplicable('selection.empty', because);
