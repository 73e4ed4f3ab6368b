import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeploymentStatus, Standing } from '../../../lambdas/model/facts.ts';
import type { Proposal } from '../../../lambdas/model/proposal.ts';
import { deploymentInProgress } from '../../../lambdas/pipeline/guard/deployment-in-progress.ts';
import {
  deployment,
  digest,
  everyProposal,
  guardFacts,
  hours,
  minutes,
  now,
  rollBack,
  seconds,
  standing,
  task,
} from '../build.ts';
import { says } from './expect-verdict.ts';

const facts = (status: DeploymentStatus) =>
  guardFacts({
    standing: standing({
      deployments: [deployment(43, now - minutes(2), { status }), deployment(42, now - hours(72))],
    }),
  });
const stopRunning = rollBack(deployment(43, now - minutes(2)), deployment(42, now - hours(72)), 'stop-running');
const others = Object.values(everyProposal);
const statuses = ['pending', 'in-progress', 'rolling-back', 'successful', 'stopped', 'rolled-back', 'failed'] as const;

describe('deployment-in-progress', () => {
  it.each(['pending', 'in-progress', 'rolling-back'] as const)(
    'holds all but the stop of a running one while one is %s',
    (status) => {
      for (const proposal of others) {
        const verdict = deploymentInProgress.check(proposal, facts(status));
        says(verdict, 'hold', 'deployment.in-progress', 'checkout:43');
        expect(verdict).toMatchObject({ until: now + seconds(30) });
      }
      expect(deploymentInProgress.check(stopRunning, facts(status))).toEqual({ kind: 'allow' });
    },
  );

  it('holds a rollback that would update the service: another deployment would come on top', () => {
    const verdict = deploymentInProgress.check(everyProposal['roll-back-deployment'], facts('in-progress'));
    says(verdict, 'hold', 'deployment.in-progress', 'A deployment of checkout:43 is running.');
  });

  it('says when AWS is rolling back', () => {
    const verdict = deploymentInProgress.check(everyProposal['restart-service'], facts('rolling-back'));
    says(verdict, 'hold', 'deployment.in-progress', 'A deployment of checkout:43 is being rolled back.');
  });

  it.each(['successful', 'stopped', 'rolled-back', 'failed'] as const)(
    'allows every act when the last one is %s',
    (status) => {
      for (const proposal of Object.values(everyProposal))
        expect(deploymentInProgress.check(proposal, facts(status))).toEqual({ kind: 'allow' });
    },
  );

  it('says whether the deployment goes on or back', () => {
    const check = (status: DeploymentStatus) =>
      deploymentInProgress.check(everyProposal['replace-task'], facts(status));
    says(check('in-progress'), 'hold', 'deployment.in-progress', 'A deployment of checkout:43 is running.');
    says(check('rolling-back'), 'hold', 'deployment.in-progress', 'A deployment of checkout:43 is being rolled back.');
  });

  it('lets a single task of the release that serves be treated while the deployment waits at a pause hook', () => {
    const waiting = deployment(43, now - minutes(2), { status: 'in-progress', finishedAt: null, waits: true });
    const incoming = task(1, {
      taskDefinition: waiting.taskDefinition,
      containers: [{ container: 'app', digest: digest(43) }],
    });
    const check = (proposal: Proposal, change: Partial<Standing> = {}) =>
      deploymentInProgress.check(
        proposal,
        guardFacts({ standing: standing({ deployments: [waiting, deployment(42, now - hours(72))], ...change }) }),
      ).kind;
    expect(check(everyProposal['deregister-target'])).toBe('allow');
    expect(check(everyProposal['replace-task'])).toBe('allow');
    expect(check(everyProposal['restart-service'])).toBe('hold');
    expect(check(everyProposal['roll-back-deployment'])).toBe('hold');
    expect(check(everyProposal['replace-task'], { tasks: [incoming] })).toBe('hold');
    expect(check(everyProposal['replace-task'], { tasks: [] })).toBe('hold');
  });

  it('never allows anything but the stop of a running one while any deployment is under way', () => {
    const listed = fc.array(fc.constantFrom(...statuses), { maxLength: 4 });
    const property = fc.property(listed, fc.constantFrom(stopRunning, ...others), (each, proposal) => {
      const deployments = each.map((status, i) => deployment(43 - i, now - hours(i + 1), { status }));
      const verdict = deploymentInProgress.check(proposal, guardFacts({ standing: standing({ deployments }) }));
      const underWay = each.some((status) => ['pending', 'in-progress', 'rolling-back'].includes(status));
      const expected = underWay && proposal !== stopRunning ? 'hold' : 'allow';
      expect(verdict.kind).toBe(expected);
    });
    fc.assert(property);
  });
});
