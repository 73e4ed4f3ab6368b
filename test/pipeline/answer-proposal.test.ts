import { describe, expect, it } from 'vitest';
import { answerProposal } from '../../lambdas/pipeline/answer-proposal.ts';
import { worldSeen } from '../../lambdas/pipeline/guard/world-seen.ts';
import type { AnswerPorts } from '../../lambdas/ports/ports.ts';
import { minutes, now, onTask, seconds, standing, thisIncident } from './build.ts';
import { Desk, signal } from './desk.ts';

const first = onTask('deregister-target', 1);
const of = { incident: thisIncident, service: 'checkout' };
const approve = { kind: 'approve', incident: thisIncident, request: '1', why: 'it is sick' } as const;
const reject = { ...approve, kind: 'reject', why: 'I am at it' } as const;

/** An incident that waits for an answer until a quarter past twelve. */
async function waiting(change: Partial<AnswerPorts> = {}) {
  const desk = new Desk();
  await desk.ledger.open(signal(), thisIncident, now);
  await ask(desk, '1');
  await desk.ledger.awaitWord({ incidentId: thisIncident, requestId: '1' }, 'callback-1');
  const woken: string[] = [];
  const ports: AnswerPorts = {
    clock: desk.clock,
    ledger: desk.ledger,
    callbacks: { wake: async (id) => void woken.push(id) },
    ...change,
  };
  return { desk, ports, woken };
}

const ask = (desk: Desk, id: string) =>
  desk.ledger.append([
    {
      ...of,
      kind: 'ApprovalRequested',
      id: `${id}.asked`,
      at: now,
      ruling: { verdict: { kind: 'allow' }, findings: [], bite: 'ask' },
      request: {
        id,
        rung: 'rung',
        proposals: [first],
        expiresAt: now + minutes(15),
        world: worldSeen(first, standing()),
      },
    },
  ]);
const answers = (desk: Desk) => desk.ledger.all.filter((entry) => 'requestId' in entry);

describe('an answer', () => {
  it.each([
    [approve, 'ApprovalGiven', /^Approved for .*: Take something out of the load balancer\. It is checked once more/],
    [reject, 'ApprovalRejected', /^Rejected for .*\. Paramedic hands the incident over/],
  ] as const)('is written down with who, why and when, and wakes the workflow', async (operation, kind, says) => {
    const { desk, ports, woken } = await waiting();
    desk.at = now + minutes(2);
    const answer = await answerProposal(operation, 'ann', ports);
    expect(answer).toEqual({ kind: 'done', says: expect.stringMatching(says) });
    expect(answers(desk)).toMatchObject([
      { kind, requestId: '1', by: 'ann', why: operation.why, at: now + minutes(2) },
    ]);
    expect(woken).toEqual(['callback-1']);
  });

  it('counts at the very end of its time, and not a millisecond later', async () => {
    const { desk, ports } = await waiting();
    desk.at = now + minutes(15) + 1;
    expect(await answerProposal(approve, 'ann', ports)).toEqual({
      kind: 'refused',
      says: 'Proposal 1 expired at 12:15:00 UTC: nothing of it is done.',
    });
    expect(answers(desk)).toEqual([]);
    desk.at = now + minutes(15);
    expect(await answerProposal(approve, 'ann', ports)).toMatchObject({ kind: 'done' });
  });

  it('is the first one, whoever else answers', async () => {
    const { desk, ports } = await waiting();
    await answerProposal(approve, 'ann', ports);
    for (const operation of [approve, reject]) {
      expect(await answerProposal(operation, 'bob', ports)).toEqual({
        kind: 'refused',
        says: 'ann has approved proposal 1 at 12:00:00 UTC already.',
      });
    }
    expect(answers(desk)).toHaveLength(1);
  });

  it('cannot be taken back by whoever gave it', async () => {
    const { desk, ports } = await waiting();
    await answerProposal(reject, 'ann', ports);
    expect(await answerProposal(approve, 'ann', ports)).toEqual({
      kind: 'refused',
      says: 'ann has rejected proposal 1 at 12:00:00 UTC already.',
    });
    expect(answers(desk)).toHaveLength(1);
  });

  it('may be repeated by the same person, and wakes again', async () => {
    const { desk, ports, woken } = await waiting();
    await answerProposal(approve, 'ann', ports);
    desk.at = now + seconds(5);
    expect(await answerProposal(approve, 'ann', ports)).toEqual({
      kind: 'done',
      says: 'You had approved Take something out of the load balancer at 12:00:00 UTC.',
    });
    expect(answers(desk)).toHaveLength(1);
    expect(woken).toEqual(['callback-1', 'callback-1']);
  });

  it('of two at the same moment is one, and the other is told', async () => {
    const { desk, ports } = await waiting();
    const said = await Promise.all([answerProposal(approve, 'ann', ports), answerProposal(reject, 'bob', ports)]);
    expect(said.map(({ kind }) => kind).sort()).toEqual(['done', 'refused']);
    expect(answers(desk)).toHaveLength(1);
  });

  it('counts though the workflow cannot be woken: it looks by itself', async () => {
    const { desk, ports } = await waiting({ callbacks: { wake: () => Promise.reject(new Error('expired')) } });
    expect(await answerProposal(approve, 'ann', ports)).toMatchObject({ kind: 'done' });
    expect(answers(desk)).toHaveLength(1);
  });

  it('is refused for a proposal that is void', async () => {
    const { desk, ports } = await waiting();
    await desk.ledger.append([
      { ...of, kind: 'ApprovalVoided', id: '2.voided', at: now, requestId: '1', says: 'A deployment has begun.' },
    ]);
    expect(await answerProposal(approve, 'ann', ports)).toEqual({
      kind: 'refused',
      says: 'Proposal 1 has been void since 12:00:00 UTC: A deployment has begun. No proposal waits for an answer now.',
    });
  });

  it('meant for proposal 1 is refused for proposal 2, which has replaced it, and names what stands now', async () => {
    const { desk, ports, woken } = await waiting();
    await desk.ledger.append([{ ...of, kind: 'ApprovalVoided', id: '2.voided', at: now, requestId: '1', says: 'So.' }]);
    await ask(desk, '2');
    for (const operation of [approve, reject])
      expect(await answerProposal(operation, 'ann', ports)).toEqual({
        kind: 'refused',
        says: 'Proposal 1 has been void since 12:00:00 UTC: So. What waits for an answer now is proposal 2: Take something out of the load balancer.',
      });
    expect(answers(desk).filter(({ kind }) => kind !== 'ApprovalVoided')).toEqual([]);
    expect(woken).toEqual([]);
    expect(await answerProposal({ ...approve, request: '2' }, 'ann', ports)).toMatchObject({ kind: 'done' });
    expect(answers(desk).at(-1)).toMatchObject({ kind: 'ApprovalGiven', requestId: '2' });
  });

  it('meant for proposal 1 is refused when proposal 2 takes its place between the look and the write', async () => {
    const { desk, ports } = await waiting();
    const replaced: AnswerPorts = {
      ...ports,
      ledger: {
        incident: (id) => desk.ledger.incident(id),
        entries: (id) => desk.ledger.entries(id),
        awaited: (id) => desk.ledger.awaited(id),
        answer: async (entry) => {
          if (answers(desk).length === 0) {
            await desk.ledger.append([
              { ...of, kind: 'ApprovalVoided', id: '2.voided', at: now, requestId: '1', says: 'So.' },
            ]);
            await ask(desk, '2');
          }
          return desk.ledger.answer(entry);
        },
      },
    };
    expect(await answerProposal(approve, 'ann', replaced)).toMatchObject({
      kind: 'refused',
      says: expect.stringContaining('What waits for an answer now is proposal 2'),
    });
    expect(answers(desk).map(({ kind }) => kind)).toEqual(['ApprovalVoided']);
  });

  it('for a proposal that was never made names what stands now, or that nothing does', async () => {
    const { desk, ports } = await waiting();
    const { says } = await answerProposal({ ...approve, request: '7' }, 'ann', ports);
    expect(says).toBe(
      `The incident ${thisIncident} has made no proposal 7. What waits for an answer now is proposal 1: Take something out of the load balancer.`,
    );
    desk.at = now + minutes(16);
    expect((await answerProposal({ ...approve, request: '7' }, 'ann', ports)).says).toBe(
      `The incident ${thisIncident} has made no proposal 7. No proposal waits for an answer now.`,
    );
    expect(answers(desk)).toEqual([]);
  });

  it.each([
    ['HandedOver', `The incident ${thisIncident} is handed over: Paramedic does nothing more in it.`],
    ['RecoveryConfirmed', `The incident ${thisIncident} is over.`],
  ] as const)('is refused after %s', async (kind, says) => {
    const { desk, ports } = await waiting();
    const left = { reason: 'laps.spent', says: 's', notDone: [], leftUndone: [], because: [] } as const;
    await desk.ledger.close({ ...of, kind, id: 'end', at: now, ...left }, 1);
    expect(await answerProposal(approve, 'ann', ports)).toEqual({ kind: 'refused', says });
    expect(answers(desk)).toEqual([]);
  });

  it('is refused where nobody asked, of an unknown incident, and of an unknown person', async () => {
    const { ports } = await waiting();
    const desk = new Desk();
    await desk.ledger.open(signal(), thisIncident, now);
    const unasked = { ...ports, ledger: desk.ledger };
    expect((await answerProposal(approve, 'ann', unasked)).says).toBe(
      `The incident ${thisIncident} has made no proposal 1. No proposal waits for an answer now.`,
    );
    expect((await answerProposal({ ...approve, incident: 'none' }, 'ann', ports)).says).toBe(
      'There is no incident none.',
    );
    expect((await answerProposal(approve, ' ', ports)).says).toBe('Nothing was changed: it is not known who answers.');
  });
});
