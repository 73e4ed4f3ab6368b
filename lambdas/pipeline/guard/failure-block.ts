import { counted, inWords } from '../../contract/text.ts';
import { type Instant, inMillis } from '../../contract/time.ts';
import type { PastAct } from '../../model/incident-state.ts';
import type { Guardrail } from './guardrail.ts';
import { allow, deny } from './verdicts.ts';

/** When acts on a service fail again and again, it is left alone for a while, and a person is told. */
export const failureBlock: Guardrail = {
  name: 'failure-block',

  check(_proposal, { settings, standing, history, incidentId }) {
    const { count, blockFor } = settings.limits.failures;
    const length = inMillis(blockFor);
    const failed = history.acts
      .filter((act) => hasFailed(act, incidentId))
      .map(({ at }) => at)
      .toSorted((a, b) => a - b);
    const blocked = blockedSince(failed, count, length);
    const left = (blocked ?? 0) + length - standing.at;
    return blocked === undefined || left <= 0
      ? allow
      : deny(
          'repeat.failed',
          `${counted(count, 'act')} on this service failed within ${inWords(blockFor)}; nothing is done for ${inWords(left)} more.`,
        );
  },
};

/**
 * It made things worse, AWS rejected it, or what became of it was never known. In this incident an answer that is still
 * awaited is no failure.
 */
function hasFailed({ check, result, incident }: PastAct, incidentId: string): boolean {
  if (check === 'worse' || result?.kind === 'unknown') return true;
  if (result?.kind === 'refused') return result.reason === 'change.rejected';
  return result === null && incident !== incidentId;
}

/** The latest failure that was one of so many within that time; it lasts though the first of them grows old. */
const blockedSince = (failed: readonly Instant[], count: number, within: number): Instant | undefined =>
  failed.findLast((at, index) => at - (failed[index - count + 1] ?? Number.NEGATIVE_INFINITY) < within);
