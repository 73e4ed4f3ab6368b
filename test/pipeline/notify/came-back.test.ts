import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '../../../lambdas/model/ledger-entry.ts';
import type { Proposal } from '../../../lambdas/model/proposal.ts';
import { leftUndone } from '../../../lambdas/pipeline/half-done.ts';
import { compose } from '../../../lambdas/pipeline/notify/compose.ts';
import { fold } from '../../../lambdas/pipeline/record/evolve.ts';
import * as given from './build.ts';

const again: Proposal = {
  ...given.deregister,
  key: `${given.deregister.key}|again 1`,
  repeats: given.deregister.key,
  rationale:
    'ECS has registered it in the load balancer again, since its task runs on: it gets requests as before. Taken out once more, its task is stopped at once.',
  expects: { see: 'stays-out', by: { seconds: 30 } },
};
const replace: Proposal = { ...given.replace, expects: { see: 'all-tasks-healthy', by: { minutes: 15 }, share: 0.97 } };
const [signal] = given.state().signals;
const opened: readonly LedgerEntry[] = [
  {
    kind: 'SignalReceived',
    id: 's1',
    incident: given.incident.id,
    service: 'checkout',
    at: given.t0,
    signal: signal as NonNullable<typeof signal>,
  },
  given.diagnosed(),
];
const act = (id: string, proposal: Proposal, seen: string, after: number): readonly LedgerEntry[] => [
  given.started(given.order(id, proposal), after),
  given.completed(id, given.done(seen), after),
];
const cameBack = [
  ...act('2', given.deregister, 'draining in its target group', 0),
  given.checked('2', 'came-back', 'The target is registered again, 20 s after it was taken out.', 0.4),
];

/** The message that ends this story, as people read it. */
const told = (story: readonly LedgerEntry[]): string => {
  const end = story.at(-1) as LedgerEntry;
  const { incident, operatorApi } = given;
  const context = { incident, settings: given.settings(), state: fold(story), undoable: [], story, operatorApi };
  const [message] = compose([end], context);
  return `${message?.subject}\n\n${message?.body}\n`;
};
const golden = (name: string): string => `golden/${name}.txt`;

describe('what people are told of a target that ECS registered again', () => {
  it('when it was taken out again and its task replaced', async () => {
    const story = [
      ...opened,
      ...cameBack,
      ...act('3', again, 'draining in its target group', 0.5),
      given.checked('3', 'helped', 'No request reaches the task any more.', 0.5),
      ...act('4', replace, 'the task is stopping or gone', 0.6),
      given.checked('4', 'helped', 'The task is gone; 6 of 6 tasks are healthy. No alarm breaches any more.', 5),
      given.recovered(),
    ];
    await expect(told(story)).toMatchFileSnapshot(golden('came-back-and-replaced'));
  });

  it('when it came back each time', async () => {
    const story = [
      ...opened,
      ...cameBack,
      ...act('3', again, 'draining in its target group', 0.5),
      given.checked('3', 'came-back', 'The target is registered again, 3 s after it was taken out.', 0.6),
    ];
    const end = given.handedOver({
      reason: 'target.came-back',
      says: 'ECS has registered task 3f2a9c (10.0.3.17:8080) again each time it was taken out, 2 times; its task runs on and gets requests.',
      leftUndone: leftUndone(fold(story).attempts),
    });
    await expect(told([...story, end])).toMatchFileSnapshot(golden('came-back-too-often'));
  });

  it('when it may not be taken out again', async () => {
    const denied = given.denied(again, '2 healthy tasks of 6 would remain in service; at least 3 must.');
    const end = given.handedOver({
      reason: 'targets.too-few-healthy',
      says: '2 healthy tasks of 6 would remain in service; at least 3 must.',
      leftUndone: leftUndone(fold([...opened, ...cameBack]).attempts),
    });
    await expect(told([...opened, ...cameBack, denied, end])).toMatchFileSnapshot(golden('came-back-and-left'));
  });
});
