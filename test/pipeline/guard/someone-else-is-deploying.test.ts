import { describe, expect, it } from 'vitest';
import type { Proposal } from '../../../lambdas/model/proposal.ts';
import { someoneElseIsDeploying } from '../../../lambdas/pipeline/guard/someone-else-is-deploying.ts';
import { deployment, everyProposal, guardFacts, hours, now, rollBack, seconds, settings, standing } from '../build.ts';
import { says } from './expect-verdict.ts';

const facts = (status: string | null, stack: string | null = 'checkout-stack') =>
  guardFacts({
    settings: settings({ resources: { ...settings().resources, stack } }),
    standing: standing({ stack: status }),
  });
const stopRunning = rollBack(deployment(43, now - hours(1)), deployment(42, now - hours(72)), 'stop-running');
const allow = { kind: 'allow' };

describe('someone-else-is-deploying', () => {
  it.each([
    'CREATE_IN_PROGRESS',
    'UPDATE_IN_PROGRESS',
    'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'UPDATE_ROLLBACK_IN_PROGRESS',
    'DELETE_IN_PROGRESS',
    'IMPORT_ROLLBACK_IN_PROGRESS',
  ])('holds every act but the stop of a running deployment while its stack is %s', (status) => {
    for (const proposal of Object.values(everyProposal)) {
      const verdict = someoneElseIsDeploying.check(proposal, facts(status));
      says(verdict, 'hold', 'deployment.someone-else', `The stack checkout-stack is being changed: ${status}.`);
      expect(verdict).toMatchObject({ until: now + seconds(30) });
    }
    expect(someoneElseIsDeploying.check(stopRunning, facts(status))).toEqual(allow);
  });

  it.each(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_FAILED'])(
    'allows every act when its stack is %s',
    (status) => {
      for (const proposal of Object.values(everyProposal))
        expect(someoneElseIsDeploying.check(proposal, facts(status))).toEqual(allow);
    },
  );

  it('lets a single task of the release that serves be treated while the deployment of the stack waits at a pause hook', () => {
    const waiting = deployment(43, now - hours(1), { status: 'in-progress', finishedAt: null, waits: true });
    const check = (proposal: Proposal) => {
      const { standing: seen, ...rest } = facts('UPDATE_IN_PROGRESS');
      const deployments = [waiting, deployment(42, now - hours(72))];
      return someoneElseIsDeploying.check(proposal, { ...rest, standing: { ...seen, deployments } }).kind;
    };
    expect(check(everyProposal['replace-task'])).toBe('allow');
    expect(check(everyProposal['restart-service'])).toBe('hold');
  });

  it('holds when the stack cannot be read', () => {
    const verdict = someoneElseIsDeploying.check(everyProposal['restart-service'], facts(null));
    says(verdict, 'hold', 'deployment.someone-else', 'the stack checkout-stack is being changed could not be read');
    expect(verdict).toMatchObject({ until: now + seconds(30) });
    expect(someoneElseIsDeploying.check(stopRunning, facts(null))).toEqual(allow);
  });

  it('allows where no stack is named', () => {
    for (const proposal of Object.values(everyProposal))
      expect(someoneElseIsDeploying.check(proposal, facts(null, null))).toEqual(allow);
  });
});
