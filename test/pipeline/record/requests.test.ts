import { describe, expect, it } from 'vitest';
import type { ApprovalRequest, Word } from '../../../lambdas/model/approval.ts';
import type { LedgerEntry } from '../../../lambdas/model/ledger-entry.ts';
import { fold } from '../../../lambdas/pipeline/record/evolve.ts';
import { minutes, now, onTask, thisIncident } from '../build.ts';

const request: ApprovalRequest = {
  id: '1',
  rung: 'rung',
  proposals: [onTask('deregister-target', 1)],
  expiresAt: now + minutes(15),
  world: { desired: 6, healthy: 6, deployments: [], subject: [] },
};
const ruling = { verdict: { kind: 'allow' }, findings: [], bite: 'ask' } as const;
const of = { incident: thisIncident, service: 'checkout', at: now } as const;
const asked = (id = '1'): LedgerEntry => ({
  ...of,
  kind: 'ApprovalRequested',
  id: `asked ${id}`,
  request: { ...request, id },
  ruling,
});
const given: LedgerEntry = { ...of, kind: 'ApprovalGiven', id: 'given', requestId: '1', by: 'ann', why: 'yes' };
const rejected: LedgerEntry = { ...of, kind: 'ApprovalRejected', id: 'rejected', requestId: '1', by: 'bob', why: 'no' };
const voided: LedgerEntry = { ...of, kind: 'ApprovalVoided', id: 'voided', requestId: '1', says: 'So.' };

const words: Readonly<Record<'given' | 'rejected' | 'voided', Word>> = {
  given: { kind: 'given', by: 'ann', why: 'yes', at: now },
  rejected: { kind: 'rejected', by: 'bob', why: 'no', at: now },
  voided: { kind: 'voided', says: 'So.', at: now },
};

describe('what people were asked', () => {
  it('stands until there is a word', () => {
    expect(fold([asked()]).requests).toEqual([{ request, ruling, word: null }]);
  });

  it.each([
    ['an approval', [given], words.given],
    ['a rejection', [rejected], words.rejected],
    ['a void', [voided], words.voided],
    ['the first of two answers', [given, rejected], words.given],
    ['the first of two answers', [rejected, given], words.rejected],
    ['the void of an approval', [given, voided], words.voided],
    ['a rejection, which nothing voids', [rejected, voided], words.rejected],
    ['a void, which no answer undoes', [voided, given], words.voided],
  ])('has as its word %s', (_, told, word) => {
    expect(fold([asked(), ...told]).requests).toEqual([{ request, ruling, word }]);
  });

  it('is kept in its order, once each, with the words on it alone', () => {
    const { requests } = fold([asked(), given, asked('2'), { ...asked(), id: 'again' }]);
    expect(requests.map((each) => [each.request.id, each.word?.kind ?? null])).toEqual([
      ['1', 'given'],
      ['2', null],
    ]);
  });
});
