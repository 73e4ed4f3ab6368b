import { inWords } from '../../contract/text.ts';
import { continuesItsRung } from './continues-its-rung.ts';
import type { Guardrail } from './guardrail.ts';
import { allow, deny } from './verdicts.ts';
import { countedLately, isSpent } from './verified-acts.ts';

/**
 * When what Paramedic did lately keeps failing, it only observes until that is a while ago, or a person lets it go on. Its denial
 * takes the bite, as observe mode does (see `guard`); what was begun is still completed, and ways back still go.
 */
export const errorBudget: Guardrail = {
  name: 'error-budget',

  check(_proposal, facts) {
    const { fleet, settings, standing } = facts;
    // Not being able to read it holds already: see the velocity budget.
    if (fleet.kind === 'unreadable' || continuesItsRung(facts)) return allow;
    const { verified } = fleet.record;
    if (!isSpent(verified, settings.fleet, standing.at)) return allow;
    const { all, failed } = countedLately(verified, settings.fleet, standing.at);
    const { share, within } = settings.fleet.errorBudget;
    return deny(
      'budget.spent',
      `${failed} of ${all} acts verified within ${inWords(within)} have failed; ${Math.round(100 * share)} % may.`,
    );
  },
};
