import { inWords, plainText } from '../../contract/text.ts';
import type { Attempt } from '../../model/incident-state.ts';
import type { Proposal } from '../../model/proposal.ts';
import type { Told } from './story.ts';
import { actInWords, diagnosisInShort, joined } from './wording.ts';

/** SNS takes fewer than 100 characters (https://docs.aws.amazon.com/sns/latest/api/API_Publish.html). */
export const subjectLength = 99;

/** `checkout: 1 of 6 tasks slow - incident opened` */
export const openedSubject = (told: Told): string => headline(told, `${problem(told)} - incident opened`);

/** `checkout: 1 of 6 tasks slow - taking it out` */
export const actedSubject = (told: Told, { kind }: Proposal, isDone: boolean): string =>
  headline(told, `${problem(told)} - ${isDone ? actInWords(kind).begun : actInWords(kind).doing}`);

/** `checkout: MAY I? 1 of 6 tasks slow - take it out and replace it` */
export const askedSubject = (told: Told, proposals: readonly Proposal[]): string =>
  headline(told, `MAY I? ${problem(told)} - ${joined(proposals.map(({ kind }) => actInWords(kind).would))}`);

/** `checkout: 1 of 6 tasks slow - the proposal is void` */
export const voidedSubject = (told: Told): string => headline(told, `${problem(told)} - the proposal is void`);

/** `checkout: 1 of 6 tasks slow, taken out and replaced - recovered in 7 min` */
export function recoveredSubject(told: Told, lasted: number): string {
  const done = doneInShort(told.attempts);
  return headline(told, `${problem(told, tasksTreated(told.attempts))}, ${done} - recovered in ${inWords(lasted)}`);
}

/** `checkout: NEEDS YOU - all tasks suffer alike, nothing done` */
export function handedOverSubject(told: Told): string {
  const would = told.withheld.map(({ proposal }) => actInWords(proposal.kind).would);
  const done = would.length > 0 ? `would ${joined(would)}, but ${butWhy(told)}` : doneInShort(told.attempts);
  return headline(told, `NEEDS YOU - ${problem(told)}, ${done}`);
}

/** Why what would have been done was not, in a word or two. */
function butWhy({ withheld }: Told): string {
  switch (withheld.at(-1)?.ruling.withheldFor) {
    case 'approval.rejected':
      return 'it was rejected';
    case 'approval.expired':
      return 'nobody answered';
    case 'approval.void':
      return 'the world kept changing';
    case 'mode.not-drawn':
      return 'was not drawn to';
    default:
      return 'only observes';
  }
}

const problem = ({ diagnosis }: Told, treated = 0): string =>
  diagnosis === null ? 'not diagnosed' : diagnosisInShort(diagnosis, treated);

/** Sick tasks are treated one after the other, each found by a diagnosis of its own. */
const tasksTreated = (attempts: readonly Attempt[]): number =>
  new Set(
    attempts.flatMap(({ order: { proposal } }) => ('task' in proposal.subject ? [proposal.subject.task.task] : [])),
  ).size;

function doneInShort(attempts: readonly Attempt[]): string {
  const kinds = attempts.filter(({ result }) => result?.kind === 'done').map(({ order }) => order.proposal.kind);
  if (kinds.length === 0) return 'nothing done';
  const done = joined([...new Set(kinds)].map((kind) => actInWords(kind).done));
  return attempts.at(-1)?.check === 'came-back' ? `${done}, put back by ECS` : done;
}

const headline = ({ settings }: Told, text: string): string => plainText(`${settings.id}: ${text}`, subjectLength);
