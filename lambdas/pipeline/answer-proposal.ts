import type { Instant } from '../contract/time.ts';
import type { Asked, Word } from '../model/approval.ts';
import type { Incident } from '../model/incident.ts';
import type { Answer, TreatmentOperation } from '../model/operation.ts';
import type { AnswerPorts } from '../ports/ports.ts';
import { actTitle, clockTime, joined } from './notify/wording.ts';
import { fold } from './record/evolve.ts';

type AnswerOperation = Extract<TreatmentOperation, { readonly kind: 'approve' | 'reject' }>;

/**
 * A person's answer to one proposal of an incident, whichever stands by now: what they have not seen they have not approved. It
 * is written first, and the first one wins; then the workflow is woken, or finds it at its next look. `by` is the caller's own
 * identity. Safe to repeat.
 */
export async function answerProposal(operation: AnswerOperation, by: string, ports: AnswerPorts): Promise<Answer> {
  if (by.trim() === '') return refused('Nothing was changed: it is not known who answers.');
  const first = await answerOnce(operation, by, ports);
  // Somebody was faster, or the workflow was: what is in the ledger now says so.
  return first ?? (await answerOnce(operation, by, ports)) ?? refused('The proposal does not stand any more.');
}

/** Undefined when the request ceased to stand between the look and the write. */
async function answerOnce(operation: AnswerOperation, by: string, ports: AnswerPorts): Promise<Answer | undefined> {
  const { incident: id, why } = operation;
  const incident = await ports.ledger.incident(id);
  if (incident === undefined) return refused(`There is no incident ${id}.`);
  const { requests } = fold(await ports.ledger.entries(id));
  const asked = requests.find(({ request }) => request.id === operation.request);
  const at = ports.clock.now();
  const stands = standing(incident, requests, at);
  if (asked === undefined) return refused(`The incident ${id} has made no proposal ${operation.request}. ${stands}`);
  if (asked.word !== null) return repeated(operation, by, asked, asked.word, stands, ports);
  const over = ended(incident);
  if (over !== undefined) return refused(over);
  const { request } = asked;
  if (at > request.expiresAt)
    return refused(`Proposal ${request.id} expired at ${clockTime(request.expiresAt)} UTC: nothing of it is done.`);
  const kind = operation.kind === 'approve' ? 'ApprovalGiven' : 'ApprovalRejected';
  const facts = { id: `answer ${request.id}`, incident: id, service: incident.service, at };
  const written = await ports.ledger.answer({ ...facts, kind, requestId: request.id, by, why });
  if (written !== 'answered') return undefined;
  await wake(id, ports);
  return done(operation, asked);
}

/** What an answer could be for by now. */
function standing(incident: Incident, requests: readonly Asked[], at: Instant): string {
  const over = ended(incident);
  if (over !== undefined) return over;
  const stands = requests.findLast(({ word, request }) => word === null && at <= request.expiresAt);
  return stands === undefined
    ? 'No proposal waits for an answer now.'
    : `What waits for an answer now is proposal ${stands.request.id}: ${titles(stands)}.`;
}

/** The same answer by the same person changes nothing, and wakes again: the first wake may have been lost. */
async function repeated(
  { kind, incident }: AnswerOperation,
  by: string,
  asked: Asked,
  word: Word,
  stands: string,
  ports: AnswerPorts,
): Promise<Answer> {
  const when = `at ${clockTime(word.at)} UTC`;
  if (word.kind === 'voided')
    return refused(
      `Proposal ${asked.request.id} has been void since ${clockTime(word.at)} UTC: ${word.says} ${stands}`,
    );
  const said = word.kind === 'given' ? 'approved' : 'rejected';
  if (word.by !== by || (word.kind === 'given') !== (kind === 'approve'))
    return refused(`${word.by} has ${said} proposal ${asked.request.id} ${when} already.`);
  await wake(incident, ports);
  return { kind: 'done', says: `You had ${said} ${titles(asked)} ${when}.` };
}

/** A wake that is lost only delays: the answer is in the ledger, and the workflow looks there by itself. */
async function wake(incident: string, { ledger, callbacks }: AnswerPorts): Promise<void> {
  try {
    const callback = await ledger.awaited(incident);
    if (callback !== undefined) await callbacks.wake(callback);
  } catch {
    // As it says above.
  }
}

function ended({ id, status }: Incident): string | undefined {
  if (status === 'handed-over') return `The incident ${id} is handed over: Paramedic does nothing more in it.`;
  return status === 'closed' ? `The incident ${id} is over.` : undefined;
}

const done = ({ kind, incident }: AnswerOperation, asked: Asked): Answer => ({
  kind: 'done',
  says:
    kind === 'approve'
      ? `Approved for ${incident}: ${titles(asked)}. It is checked once more, and you will be told.`
      : `Rejected for ${incident}: ${titles(asked)}. Paramedic hands the incident over to people.`,
});

const titles = ({ request }: Asked): string => joined(request.proposals.map(actTitle));

const refused = (says: string): Answer => ({ kind: 'refused', says });
