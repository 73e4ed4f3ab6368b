import { readableReason } from '../../lambdas/contract/alarm-reason.ts';
import { reasons } from '../../lambdas/contract/reasons.ts';
import type { Evidence } from '../../lambdas/model/evidence.ts';
import type { LedgerEntry } from '../../lambdas/model/ledger-entry.ts';
import type { ActResult } from '../../lambdas/model/order.ts';
import type { Proposal } from '../../lambdas/model/proposal.ts';
import type { Ruling } from '../../lambdas/model/verdict.ts';
import type { Mark, TimelineEvent } from './timeline-event.ts';

type Said = Pick<TimelineEvent, 'mark' | 'word' | 'text' | 'details'>;

/** An entry of the ledger as one thing that happened; `undefined` for bookkeeping that tells a reader nothing. */
export function ledgerEvent(entry: LedgerEntry): Said | undefined {
  switch (entry.kind) {
    case 'SignalReceived': {
      const { kind, state, says } = entry.signal;
      return state === 'firing'
        ? said('signal', 'signal', `${kind} alarm: ${readableReason(says)}`)
        : said('well', 'signal', `${kind} alarm is OK again`);
    }
    case 'IncidentOpened':
      return said('note', 'incident', `${entry.incident} is opened (${entry.settings.mode} mode)`);
    case 'DiagnosisMade': {
      const { kind, confidence, because, against } = entry.diagnosis;
      const sure = kind === 'undetermined' ? '' : `, ${Math.round(confidence * 100)} % sure`;
      return said('diagnosis', 'diagnosis', `${kind}${sure}`, [
        ...weighed('for', because),
        ...weighed('against', against),
      ]);
    }
    case 'ActionDenied':
      return said('stopped', 'denied', `${act(entry.proposal)}: ${verdict(entry.ruling)}`);
    case 'ActionHeld':
      return said('stopped', 'held', `${act(entry.proposal)}: ${verdict(entry.ruling)}`);
    case 'ActionWithheld':
      return said(
        'stopped',
        'withheld',
        `${act(entry.proposal)}: ${verdict(entry.ruling)}; ${withheld(entry.ruling)}`,
        [entry.proposal.rationale],
      );
    case 'ApprovalRequested':
      return said('person', 'asked', entry.request.proposals.map(act).join(', '), [
        `Until ${new Date(entry.request.expiresAt).toISOString().slice(11, 19)} UTC. (${verdict(entry.ruling)})`,
      ]);
    case 'ApprovalGiven':
      return said('person', 'approved', `${entry.by} has approved it: ${entry.why}`);
    case 'ApprovalRejected':
      return said('person', 'rejected', `${entry.by} has rejected it: ${entry.why}`);
    case 'ApprovalVoided':
      return said('stopped', 'void', entry.says);
    case 'ActionStarted':
      return said('act', entry.order.undoes === null ? 'act' : 'way back', act(entry.order.proposal), [
        `${entry.order.proposal.rationale} (${verdict(entry.ruling)})`,
      ]);
    case 'ActionCompleted':
      return completed(entry.result);
    case 'CheckMade':
      return said(entry.check === 'helped' ? 'well' : 'check', 'check', `${entry.check}: ${entry.says}`);
    case 'ReleaseCondemned':
      return said('note', 'release', `${entry.taskDefinition.split('/').at(-1)} is never rolled back to`);
    case 'RecoveryConfirmed':
      return said('well', 'recovered', entry.says);
    case 'HandedOver':
      return said('person', 'handed over', `${entry.says} (${entry.reason})`, [...entry.notDone, ...entry.leftUndone]);
    case 'UndoRequested':
      return said('person', 'asked', `${entry.by} wants taken back what was done in ${entry.of}: ${entry.why}`);
    case 'ServiceReleased':
      return said('note', 'released', entry.says);
    case 'TasksOutside':
      return said('person', 'outside', entry.says);
    case 'SignalIgnored':
      return said('note', 'ignored', entry.says);
    case 'RungTried':
      return undefined;
  }
}

const said = (mark: Mark, word: string, text: string, details: readonly string[] = []): Said => ({
  mark,
  word,
  text,
  details,
});

const act = ({ kind, subjectName }: Proposal): string => `${kind} ${subjectName}`;

const weighed = (side: string, evidence: readonly Evidence[]): readonly string[] =>
  evidence.map(({ says }) => `${side}: ${says}`);

const withheld = ({ withheldFor }: Ruling): string =>
  withheldFor === undefined || withheldFor === 'mode.observe' ? 'the mode is observe' : reasons[withheldFor];

const verdict = ({ verdict, findings }: Ruling): string =>
  verdict.kind === 'allow' ? `allowed by ${findings.length} guardrails` : `${verdict.says} (${verdict.reason})`;

function completed(result: ActResult): Said {
  switch (result.kind) {
    case 'done':
      return said('act', 'done', result.receipt.kind === 'changed' ? result.receipt.seen : 'it was so already');
    case 'refused':
      return said('stopped', 'refused', `${result.says} (${result.reason})`);
    case 'unknown':
      return said('check', 'unknown', result.error);
  }
}
