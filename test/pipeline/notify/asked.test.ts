import { describe, expect, it } from 'vitest';
import type { EntryOf, LedgerEntry } from '../../../lambdas/model/ledger-entry.ts';
import { compose } from '../../../lambdas/pipeline/notify/compose.ts';
import * as given from './build.ts';

const context = {
  incident: given.incident,
  settings: given.settings({ mode: 'approve' }),
  state: given.state(),
  undoable: [],
  operatorApi: given.operatorApi,
};
const of = { incident: given.incident.id, service: 'checkout', at: given.t0 } as const;
const asked = (id = '2'): EntryOf<'ApprovalRequested'> => ({
  ...of,
  kind: 'ApprovalRequested',
  id: `${id}.asked`,
  ruling: { ...given.ruling(), bite: 'ask' },
  request: {
    id,
    rung: 'rung',
    proposals: [given.deregister, given.replace],
    expiresAt: given.t0 + given.minutes(15),
    world: { desired: 6, healthy: 6, deployments: [], subject: [] },
  },
});
const voided: EntryOf<'ApprovalVoided'> = {
  ...of,
  kind: 'ApprovalVoided',
  id: '3.voided',
  requestId: '2',
  says: 'A deployment has begun.',
};
const told = (...entries: readonly LedgerEntry[]) => compose(entries, { ...context, story: [given.diagnosed()] });

describe('a message that asks', () => {
  const [message] = told(asked());
  const body = message?.body.replaceAll(/\s+/g, ' ') ?? '';

  it('says at a glance that somebody has to answer, and to what', () => {
    expect(message).toMatchObject({
      subject: 'checkout: MAY I? 1 of 6 tasks slow - take it out and replace it',
      kind: 'asked',
      severity: 'critical',
      status: 'update',
    });
  });

  it('ends the answer section with the two lines to run, unbroken, which name the proposal they answer', () => {
    const lines = message?.body.split('\n') ?? [];
    expect(lines).toContain(`paramedic approve ${given.incident.id} 2 --why "TEXT"`);
    expect(lines).toContain(`paramedic reject ${given.incident.id} 2 --why "TEXT"`);
    const [anew] = told(voided, asked('3'));
    expect(anew?.body).toContain(`paramedic approve ${given.incident.id} 3 --why "TEXT"`);
    expect(anew?.body).not.toContain(`${given.incident.id} 2`);
  });

  it('ends with one form of curl, which approves this proposal', () => {
    const [before, ...after] = message?.body.split('\nWITHOUT A CHECKOUT OF PARAMEDIC\n') ?? [];
    expect(before).not.toContain('curl');
    expect(after).toHaveLength(1);
    expect(after[0]).toContain(`curl -sSm 20 -K - ${given.operatorApi}/approve \\\n`);
    expect(after[0]).toContain(`,"incident":"${given.incident.id}","request":"2","why":"TEXT"}' <<END\n`);
    expect(after[0]).toMatch(/\nEND$/);
  });

  it('says what would be done, why, what is expected, the way back, and how long there is', () => {
    expect(body).toContain('ONE APPROVAL IS FOR ALL OF IT');
    for (const proposal of [given.deregister, given.replace]) {
      expect(body).toContain(`Why: ${proposal.rationale}`);
      expect(body).toContain(`The way back: ${proposal.wayBack.says}`);
    }
    expect(body).toContain('Expected: ');
    expect(body).toContain('Answer by 10:19:20 UTC, within 15 min. Without an answer nothing is done');
    expect(body).toContain('this proposal (number 2) is void, and an answer to it counts for no other.');
    expect(body).not.toContain('before this one is void');
  });

  it('says in one message that the one before is void, when it is made anew', () => {
    const messages = told(voided, asked('3'));
    expect(messages).toHaveLength(1);
    expect(messages[0]?.body).toContain('The proposal before this one is void: A deployment has begun.');
  });
});

describe('a proposal that is void', () => {
  it('is told of, so that nobody answers', () => {
    const [message] = told(voided);
    expect(message).toMatchObject({
      subject: 'checkout: 1 of 6 tasks slow - the proposal is void',
      kind: 'asked',
      severity: 'info',
    });
    expect(message?.body.replaceAll(/\s+/g, ' ')).toContain(
      'NO ANSWER IS NEEDED The proposal is void: A deployment has begun.',
    );
  });

  it('is not told of beside the end', () => {
    expect(told(voided, given.handedOver()).map(({ kind }) => kind)).toEqual(['handed-over']);
    expect(told(voided, given.recovered()).map(({ kind }) => kind)).toEqual(['recovered']);
  });
});

describe('a hand-over after asking', () => {
  it.each([
    ['approval.rejected', 'but it was rejected'],
    ['approval.expired', 'but nobody answered'],
    ['approval.void', 'but the world kept changing'],
    ['mode.not-drawn', 'but was not drawn to'],
    ['mode.observe', 'but only observes'],
  ] as const)('for %s says in its subject "%s"', (withheldFor, says) => {
    const withheld = given.withheld(given.deregister);
    const entry = { ...withheld, ruling: { ...withheld.ruling, withheldFor } };
    const story = [given.diagnosed(), entry];
    const [message] = compose([given.handedOver()], { ...context, story });
    expect(message?.subject).toContain(`would take it out, ${says}`);
  });
});
