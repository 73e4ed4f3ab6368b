import { inWords } from '../../contract/text.ts';
import type { EntryOf } from '../../model/ledger-entry.ts';
import { intentLines } from './acts.ts';
import { causeSection, curlSection, lookSection, pauseByCurl, stopSection, troubleSection } from './facts.ts';
import { layOut, type Section } from './layout.ts';
import type { Told } from './story.ts';
import { clockTime } from './wording.ts';

type Requested = EntryOf<'ApprovalRequested'>;

/** A person is asked: what would be done, why, what it should bring, the way back, for how long, and the lines that answer. */
export function askedBody(told: Told, { at, request, ruling }: Requested, before?: EntryOf<'ApprovalVoided'>): string {
  const { proposals, expiresAt } = request;
  const would: Section = {
    title: proposals.length > 1 ? 'WHAT WOULD BE DONE: ONE APPROVAL IS FOR ALL OF IT' : 'WHAT WOULD BE DONE',
    paragraphs: [before === undefined ? '' : `The proposal before this one is void: ${before.says}`],
    items: proposals.flatMap((proposal) => intentLines(proposal, null)),
  };
  const answer: Section = {
    title: 'YOUR ANSWER',
    paragraphs: [
      `All ${ruling.findings.length} guardrails allow it now; they are asked again before anything is changed. ` +
        `Answer by ${clockTime(expiresAt)} UTC, within ${inWords(expiresAt - at)}. ` +
        'Without an answer nothing is done, and the incident is handed over. ' +
        `When the service changes meanwhile, this proposal (number ${request.id}) is void, and an answer to it counts for no other.`,
    ],
    verbatim: [answerCommand('approve', told, request.id), answerCommand('reject', told, request.id)],
  };
  return layOut([
    answer,
    would,
    troubleSection(told),
    causeSection(told),
    lookSection(told),
    stopSection(told),
    curlSection(told, 'approve', { incident: told.incident.id, request: request.id }),
  ]);
}

/** It names the proposal: an answer to this one is none to one that takes its place. */
const answerCommand = (verb: 'approve' | 'reject', { incident }: Told, request: string): string =>
  `paramedic ${verb} ${incident.id} ${request} --why "TEXT"`;

/** A proposal does not stand any more: whoever was about to answer need not. */
export function voidedBody(told: Told, { says }: EntryOf<'ApprovalVoided'>): string {
  const over: Section = {
    title: 'NO ANSWER IS NEEDED',
    paragraphs: [
      `The proposal is void: ${says}`,
      'Nothing of it is done. Paramedic goes on looking, and may ask again.',
    ],
  };
  return layOut([
    over,
    troubleSection(told),
    causeSection(told),
    lookSection(told),
    stopSection(told),
    pauseByCurl(told),
  ]);
}
