import { describe, expect, it } from 'vitest';
import type { ServiceShape } from '../../../lambdas/model/facts.ts';
import { actions } from '../../../lambdas/pipeline/act/actions.ts';
import { type Aid, aidFor } from '../../../lambdas/pipeline/act/shape.ts';
import {
  actCase,
  badDeployment,
  deployment,
  hours,
  minutes,
  now,
  sickTarget,
  sickTask,
  standing,
  wornOut,
} from '../build.ts';

const rolling: ServiceShape = { controller: 'ECS', strategy: 'ROLLING', scheduling: 'REPLICA', reachedBy: ['alb'] };
const rows: readonly (readonly [string, ServiceShape, Aid['kind']])[] = [
  ['rolling behind an ALB', rolling, 'all-actions'],
  ['blue/green', { ...rolling, strategy: 'BLUE_GREEN' }, 'native-rollback-only'],
  ['linear', { ...rolling, strategy: 'LINEAR' }, 'native-rollback-only'],
  ['canary', { ...rolling, strategy: 'CANARY' }, 'native-rollback-only'],
  ['behind an NLB', { ...rolling, reachedBy: ['nlb'] }, 'observe-only'],
  ['behind an ALB and an NLB', { ...rolling, reachedBy: ['alb', 'nlb'] }, 'observe-only'],
  ['in Service Connect', { ...rolling, reachedBy: ['alb', 'service-connect'] }, 'observe-only'],
  ['in Cloud Map', { ...rolling, reachedBy: ['cloud-map'] }, 'observe-only'],
  ['behind VPC Lattice', { ...rolling, reachedBy: ['lattice'] }, 'observe-only'],
  ['in a target group not configured', { ...rolling, reachedBy: ['alb', 'other-target-group'] }, 'observe-only'],
  ['without a load balancer', { ...rolling, reachedBy: [] }, 'observe-only'],
  ['blue/green behind an NLB', { ...rolling, strategy: 'BLUE_GREEN', reachedBy: ['nlb'] }, 'observe-only'],
  ['a daemon', { ...rolling, scheduling: 'DAEMON' }, 'refused'],
  ['deployed by CodeDeploy', { ...rolling, controller: 'CODE_DEPLOY' }, 'refused'],
  ['deployed by an external controller', { ...rolling, controller: 'EXTERNAL', reachedBy: [] }, 'refused'],
];

const good = deployment(41, now - hours(72));
const running = deployment(42, now - minutes(3), { status: 'in-progress', finishedAt: null });
const finished = deployment(42, now - minutes(30));

describe.each(rows)('a service %s', (_, shape, kind) => {
  const propose = (newest: typeof good) => {
    const given = actCase({ standing: standing({ shape, deployments: [newest, good] }) });
    return {
      deregister: actions['deregister-target'].propose(sickTarget(sickTask(1)), sickTask(1), given),
      replace: actions['replace-task'].propose(sickTarget(sickTask(1)), sickTask(1), given),
      restart: actions['restart-service'].propose(wornOut, null, given),
      rollBack: actions['roll-back-deployment'].propose(badDeployment(newest), null, given),
    };
  };
  const unsupported = { kind: 'not-applicable', reason: 'shape.unsupported', because: aidFor(shape).says };

  it(`gets ${kind}, in one sentence`, () => {
    expect(aidFor(shape).kind).toBe(kind);
    expect(aidFor(shape).says).toMatch(/^[A-Z][^.]*\.$/);
  });

  it('gets no action that is not for its shape', () => {
    const { deregister, replace, restart, rollBack } = propose(finished);
    for (const proposal of [deregister, replace, restart, rollBack]) {
      if (kind === 'all-actions') expect(proposal.kind).not.toBe('not-applicable');
      else expect(proposal).toEqual(unsupported);
    }
  });

  it('is rolled back by AWS itself where that is allowed', () => {
    const { rollBack } = propose(running);
    if (kind === 'all-actions' || kind === 'native-rollback-only')
      expect(rollBack).toMatchObject({ subject: { way: 'stop-running' } });
    else expect(rollBack).toEqual(unsupported);
  });
});
