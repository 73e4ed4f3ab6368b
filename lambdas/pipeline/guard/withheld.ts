import type { ReasonCode } from '../../contract/reasons.ts';
import type { Finding, Ruling } from '../../model/verdict.ts';

/** A finding that takes the bite and leaves the verdict to the others: it says what would be done, as observe mode does. */
export const takesTheBite = ({ verdict }: Finding): boolean =>
  verdict.kind === 'deny' && verdict.reason === 'budget.spent';

/** Why an act is withheld, with the figures where there are any. */
export function whyWithheld({ findings, withheldFor }: Ruling): { readonly reason: ReasonCode; readonly says: string } {
  for (const finding of findings) {
    const { verdict } = finding;
    if (takesTheBite(finding) && verdict.kind !== 'allow') return { reason: verdict.reason, says: verdict.says };
  }
  return { reason: withheldFor ?? 'mode.observe', says: '' };
}
