import type { ApprovalRequest, Asked, Word } from '../../model/approval.ts';
import type { EntryOf } from '../../model/ledger-entry.ts';
import type { Ruling } from '../../model/verdict.ts';

type Requests = readonly Asked[];

/** A person was asked; once, however often it is told. */
export const ask = (requests: Requests, request: ApprovalRequest, ruling: Ruling): Requests =>
  requests.some((asked) => asked.request.id === request.id) ? requests : [...requests, { request, ruling, word: null }];

/** The first answer counts. An approval may still be voided afterwards; a rejection is final. */
export function answer(
  requests: Requests,
  entry: EntryOf<'ApprovalGiven' | 'ApprovalRejected' | 'ApprovalVoided'>,
): Requests {
  const word = wordOf(entry);
  return requests.map((asked) =>
    asked.request.id === entry.requestId && counts(word, asked.word) ? { ...asked, word } : asked,
  );
}

const counts = (word: Word, before: Word | null): boolean =>
  before === null || (word.kind === 'voided' && before.kind === 'given');

function wordOf(entry: EntryOf<'ApprovalGiven' | 'ApprovalRejected' | 'ApprovalVoided'>): Word {
  const { at } = entry;
  if (entry.kind === 'ApprovalVoided') return { kind: 'voided', says: entry.says, at };
  return { kind: entry.kind === 'ApprovalGiven' ? 'given' : 'rejected', by: entry.by, why: entry.why, at };
}
