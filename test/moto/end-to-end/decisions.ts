import type { LedgerEntry } from '../../../lambdas/model/ledger-entry.ts';
import type { Proposal } from '../../../lambdas/model/proposal.ts';
import type { Ruling } from '../../../lambdas/model/verdict.ts';

/**
 * What an incident's ledger says was decided, in order, one line each; without what differs between any two accounts: ids,
 * times, names and figures.
 */
export const decisionsIn = (entries: readonly LedgerEntry[]): readonly string[] => entries.flatMap(decisionOf);

function decisionOf(entry: LedgerEntry): readonly string[] {
  switch (entry.kind) {
    case 'SignalReceived':
      // When an alarm changes its state is CloudWatch's decision.
      return [];
    case 'DiagnosisMade':
      return [`diagnosed ${entry.diagnosis.kind}${among(entry.diagnosis)}`];
    case 'ActionDenied':
    case 'ActionHeld':
    case 'ActionWithheld':
      return [`${entry.kind} ${whatOf(entry.proposal)}: ${verdictOf(entry.ruling)}`];
    case 'ActionStarted':
      return [`ordered ${whatOf(entry.order.proposal)}: ${verdictOf(entry.ruling)}${undoing(entry.order.undoes)}`];
    case 'ActionCompleted':
      return [`completed: ${resultOf(entry.result)}`];
    case 'CheckMade':
      return [`checked: ${entry.check}`];
    case 'HandedOver':
      return [`handed over: ${entry.reason}`];
    default:
      return [entry.kind];
  }
}

const among = (diagnosis: Extract<LedgerEntry, { kind: 'DiagnosisMade' }>['diagnosis']): string =>
  diagnosis.kind === 'sick-target' ? `: ${diagnosis.sick.length} by ${diagnosis.sick[0]?.symptom}` : '';

function whatOf({ kind, subject, expects }: Proposal): string {
  const way = 'way' in subject ? ` by ${subject.way}` : '';
  return `${kind}${way}, expecting ${expects.see}`;
}

const verdictOf = ({ verdict, bite }: Ruling): string =>
  verdict.kind === 'allow' ? `allowed, ${bite}` : `${verdict.kind} for ${verdict.reason}`;

const undoing = (undoes: string | null): string => (undoes === null ? '' : ', a way back');

const resultOf = (result: Extract<LedgerEntry, { kind: 'ActionCompleted' }>['result']): string => {
  if (result.kind === 'done') return result.receipt.kind;
  return result.kind === 'refused' ? `refused for ${result.reason}` : 'unknown';
};
