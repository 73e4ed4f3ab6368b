import { describe, expect, it } from 'vitest';
import type { ApprovalRequest } from '../../../lambdas/model/approval.ts';
import type { Standing } from '../../../lambdas/model/facts.ts';
import type { Proposal } from '../../../lambdas/model/proposal.ts';
import { changedSince, worldSeen } from '../../../lambdas/pipeline/guard/world-seen.ts';
import {
  deployment,
  groupB,
  hours,
  minutes,
  now,
  onTask,
  restart,
  rollBack,
  standing,
  target,
  targetRef,
  task,
} from '../build.ts';
import { withState } from '../desk.ts';

const first = onTask('deregister-target', 1);
const second = onTask('replace-task', 1);

const request = (proposals: readonly Proposal[], world: Standing): ApprovalRequest => ({
  id: '1',
  rung: 'rung',
  proposals,
  expiresAt: now + minutes(15),
  world: proposals[0] ? worldSeen(proposals[0], world) : { desired: 0, healthy: 0, deployments: [], subject: [] },
});
const since = (then: Standing, later: Standing, proposal: Proposal = first): string | undefined =>
  changedSince(request([proposal, second], then), proposal, later);

describe('an approval', () => {
  it('counts in the world it was asked in, however old that is', () => {
    expect(since(standing(), { ...standing(), at: now + minutes(14) })).toBeUndefined();
  });

  it.each([7, 5])('is void when %i tasks are desired instead of six', (desired) => {
    expect(since(standing(), { ...standing(), desired })).toBe(`${desired} tasks are desired, no longer 6.`);
  });

  it('is void when a deployment has begun, has ended, or is another one', () => {
    const running = standing({
      deployments: [deployment(43, now, { status: 'in-progress' }), deployment(42, now - hours(72))],
    });
    const over = standing({ deployments: [deployment(43, now), deployment(42, now - hours(72))] });
    const says = 'A deployment has begun or ended since.';
    expect(since(standing(), running)).toBe(says);
    expect(since(running, over)).toBe(says);
    expect(since(over, standing())).toBe(says);
  });

  it('is void when there is one deployment less to be known', () => {
    const one = standing({ deployments: [deployment(42, now - hours(72))] });
    expect(since(standing(), one)).toBe('A deployment has begun or ended since.');
    expect(since(one, standing())).toBe('A deployment has begun or ended since.');
  });

  it('does not mind what became of the deployment before the last two', () => {
    const older = (status: 'successful' | 'failed') =>
      standing({
        deployments: [
          deployment(42, now - hours(72)),
          deployment(41, now - hours(90)),
          deployment(40, now - hours(99), { status }),
        ],
      });
    expect(since(older('successful'), older('failed'))).toBeUndefined();
  });

  it('is void when the task it is about fails its health check, is leaving or is gone', () => {
    const says = 'The task it is about is no longer as it was.';
    expect(since(standing(), withState(standing(), targetRef(1).id, 'unhealthy'))).toBe(says);
    const tasks = (change: Parameters<typeof task>[1] | null) => ({
      ...standing(),
      tasks: [...(change ? [task(1, change)] : []), ...standing().tasks.slice(1)],
    });
    expect(since(standing(), tasks({ status: 'stopping' }))).toBe(says);
    expect(since(standing(), tasks(null))).toBe(says);
  });

  it('is of the task it is about, wherever that is listed, and says so when it is gone', () => {
    const seen = (n: number) => worldSeen(onTask('replace-task', n), standing({ tasks: [task(1), task(2)] })).subject;
    expect(seen(2)).toEqual(worldSeen(onTask('replace-task', 2), standing({ tasks: [task(2)] })).subject);
    expect(seen(2)).not.toEqual(seen(1));
    expect(seen(3)).toEqual(['gone']);
  });

  it('does not mind in which order its targets are listed', () => {
    const targets = [target(1), target(1, 'unhealthy', groupB)];
    const world = (listed: typeof targets) => standing({ targets: [...listed, ...standing().targets.slice(1)] });
    expect(since(world(targets), world(targets.toReversed()))).toBeUndefined();
  });

  it('is void when fewer other tasks are healthy, and not when more are', () => {
    const fewer = withState(standing(), targetRef(2).id, 'unhealthy');
    expect(since(standing(), fewer)).toBe('Only 5 tasks are healthy, no longer 6.');
    expect(since(fewer, standing())).toBeUndefined();
  });

  it('of an act on the whole service does not mind the state of a single task', () => {
    const then = withState(standing(), targetRef(2).id, 'unhealthy');
    const later = withState(standing(), targetRef(3).id, 'unhealthy');
    expect(since(then, later, restart())).toBeUndefined();
    expect(worldSeen(restart(), standing()).subject).toEqual([]);
  });

  it('is void when the same would be done otherwise: a rollback to another release', () => {
    const bad = deployment(42, now - hours(1));
    const asked = request([rollBack(bad, deployment(41, now - hours(168)))], standing());
    expect(changedSince(asked, rollBack(bad, deployment(41, now - hours(168))), standing())).toBeUndefined();
    expect(changedSince(asked, rollBack(bad, deployment(40, now - hours(300))), standing())).toBe(
      'It would be done otherwise now.',
    );
  });

  it('covers what completes its rung, whose first act has changed the world', () => {
    const drained = withState(standing(), targetRef(1).id, 'draining');
    expect(changedSince(request([first, second], standing()), second, drained)).toBeUndefined();
  });
});
