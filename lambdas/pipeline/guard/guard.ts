import { isDrawn } from '../../contract/enforcement.ts';
import type { Proposal } from '../../model/proposal.ts';
import type { Finding, Ruling, Verdict } from '../../model/verdict.ts';
import type { GuardFacts, Guardrail } from './guardrail.ts';
import { guardrails as all } from './guardrails.ts';
import { allow, deny } from './verdicts.ts';
import { takesTheBite } from './withheld.ts';

/** Asks every guardrail and takes the worst verdict; then the mode says whether the act is done, asked for or withheld. */
export function guard(proposal: Proposal, facts: GuardFacts, guardrails: readonly Guardrail[] = all): Ruling {
  const findings = guardrails.map(
    (guardrail): Finding => ({
      guardrail: guardrail.name,
      verdict: binds(guardrail, facts) ? ask(guardrail, proposal, facts) : allow,
    }),
  );
  const [biteless, judging] = [findings.filter(takesTheBite), findings.filter((each) => !takesTheBite(each))];
  const [taken] = biteless;
  return {
    verdict: judging.map((f) => f.verdict).reduce(worse, allow),
    findings,
    ...(taken === undefined ? bite(proposal, facts) : { bite: 'withhold', withheldFor: 'budget.spent' }),
  };
}

/** A way back undoes what was allowed before: little stands against it. */
const binds = (guardrail: Guardrail, { undoes }: GuardFacts): boolean =>
  undoes === null || guardrail.holdsWaysBack === true;

/** Fails closed: what cannot be judged is denied. */
function ask(guardrail: Guardrail, proposal: Proposal, facts: GuardFacts): Verdict {
  try {
    return guardrail.check(proposal, facts);
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error);
    return deny('guard.failed', `The guardrail ${guardrail.name} could not be evaluated: ${because}`);
  }
}

const rank = { allow: 0, hold: 1, deny: 2 } as const;

/** The worse of two verdicts: of two holds the longer one, of two denials the first. */
function worse(a: Verdict, b: Verdict): Verdict {
  if (a.kind === 'hold' && b.kind === 'hold') return b.until > a.until ? b : a;
  return rank[b.kind] > rank[a.kind] ? b : a;
}

/**
 * What was done is also put back, whatever the mode of the way back's own kind. In incidents that were not drawn for
 * enforcement everything is only observed.
 */
function bite(proposal: Proposal, { settings, undoes, incidentId }: GuardFacts): Pick<Ruling, 'bite' | 'withheldFor'> {
  if (undoes !== null) return { bite: 'enforce' };
  const mode = settings.actionModes[proposal.kind] ?? settings.mode;
  if (mode === 'observe') return { bite: 'withhold', withheldFor: 'mode.observe' };
  if (!isDrawn(incidentId, settings.enforce)) return { bite: 'withhold', withheldFor: 'mode.not-drawn' };
  return { bite: mode === 'approve' ? 'ask' : 'enforce' };
}
