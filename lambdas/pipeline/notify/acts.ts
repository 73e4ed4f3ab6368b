import { inWords } from '../../contract/text.ts';
import type { Check } from '../../model/incident.ts';
import type { Attempt } from '../../model/incident-state.ts';
import type { ActResult } from '../../model/order.ts';
import type { Expectation, Proposal } from '../../model/proposal.ts';
import type { Told } from './story.ts';
import { actTitle, clockTime } from './wording.ts';

/** What is done to what, why, what it is expected to bring, and the way back. */
export const intentLines = (proposal: Proposal, result: ActResult | null): readonly string[] => [
  `${actTitle(proposal)}. ${resultInWords(result)}`,
  `Why: ${proposal.rationale}`,
  `Expected: ${expectation(proposal.expects)}`,
  `The way back: ${proposal.wayBack.says}`,
];

/** Each attempt with what the world answered and what its check said. */
export const attemptLines = (told: Told): readonly string[] =>
  told.attempts.map((attempt) => {
    const { proposal, undoes } = attempt.order;
    const back = undoes === null ? '' : ' (the way back)';
    return `${clockTime(attempt.startedAt)} ${actTitle(proposal)}${back}. ${resultInWords(attempt.result)} ${checkInWords(told, attempt)}`.trim();
  });

/** Each act that the mode kept back, with what the guardrails say of it. */
export const withheldLines = ({ withheld }: Told): readonly string[] =>
  withheld.map(({ proposal, ruling }) => {
    const allowed = `All ${ruling.findings.length} guardrails would have allowed it.`;
    const verdict = ruling.verdict.kind === 'allow' ? allowed : `${ruling.verdict.says} (${ruling.verdict.reason})`;
    return `${actTitle(proposal)}. ${proposal.rationale} ${verdict} Expected: ${expectation(proposal.expects)}`;
  });

function resultInWords(result: ActResult | null): string {
  switch (result?.kind) {
    case 'done':
      return result.receipt.kind === 'changed' ? `Done: ${ended(result.receipt.seen)}` : 'It was so already.';
    case 'refused':
      return `Refused: ${ended(result.says)}`;
    case 'unknown':
      return `Whether it was done is not known yet: ${ended(result.error)}`;
    default:
      return '';
  }
}

const checks: Readonly<Record<Check, string>> = {
  helped: 'It helped',
  'not-yet': 'Too early to tell',
  'no-change': 'It did not help',
  worse: 'It made things worse',
  'cannot-tell': 'Whether it helped cannot be told',
  'came-back': 'ECS put it back',
};

function checkInWords({ checks: said }: Told, { check, order }: Attempt): string {
  if (check === null) return 'Not checked yet.';
  const says = said.get(order.id)?.says;
  return says === undefined || says === '' ? `${checks[check]}.` : `${checks[check]}: ${ended(says)}`;
}

function expectation(expects: Expectation): string {
  const by = `within ${inWords(expects.by)}.`;
  switch (expects.see) {
    case 'trouble-falls':
      return expects.share >= 0.9
        ? `the alarms' values fall below their thresholds ${by}`
        : `the trouble falls by about ${Math.round(expects.share * 100)} % ${by}`;
    case 'stays-out':
      return 'no request reaches the task any more.';
    case 'all-tasks-healthy':
      return `every desired task is healthy${expects.share === undefined ? '' : ', and the trouble is over'} ${by}`;
    case 'deployment-helps':
      return `the deployment finishes and the alarms are quiet ${by}`;
    case 'registered':
      return `the target takes traffic again ${by}`;
    case 'deployed':
      return `the deployment finishes ${by}`;
  }
}

const ended = (text: string): string => (/[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`);
