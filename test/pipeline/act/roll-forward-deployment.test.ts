import { describe, expect, it } from 'vitest';
import type { DeploymentFact } from '../../../lambdas/model/facts.ts';
import { rollBackDeployment } from '../../../lambdas/pipeline/act/roll-back-deployment.ts';
import { rollForwardDeployment } from '../../../lambdas/pipeline/act/roll-forward-deployment.ts';
import {
  actCase,
  deployment,
  everyDiagnosis,
  hours,
  minutes,
  now,
  rollBack,
  rollForward,
  standing,
  taskDefinition,
} from '../build.ts';

const bad = deployment(42, now - hours(2));
const before = deployment(41, now - hours(72));
/** 42 was taken back: 41 has been deployed on top of it. */
const takenBack = [deployment(41, now - minutes(20)), bad, before];
const recheck = (deployments: readonly DeploymentFact[], change: object = {}) =>
  rollForwardDeployment.recheck(rollForward(), actCase({ standing: standing({ deployments, ...change }) }));

describe('roll-forward-deployment', () => {
  it('is never proposed for a diagnosis: it is a way back only', () => {
    for (const diagnosis of everyDiagnosis)
      expect(rollForwardDeployment.propose(diagnosis, null, actCase())).toMatchObject({ kind: 'not-applicable' });
  });

  it('goes on while the release that was gone back to runs', () => {
    expect(recheck(takenBack)).toEqual({ kind: 'go' });
  });

  it('goes on after AWS itself has rolled the deployment back', () => {
    const rolledBack = { ...bad, status: 'rolled-back', rolledBackTo: taskDefinition(41) } as const;
    expect(recheck([rolledBack, before])).toEqual({ kind: 'go' });
  });

  it.each([
    ['runs', [deployment(42, now - minutes(5)), ...takenBack]],
    ['comes', [deployment(42, now - minutes(1), { status: 'in-progress', finishedAt: null }), ...takenBack]],
  ])('has nothing left to do when the release %s again', (_, deployments) => {
    expect(recheck(deployments)).toEqual({ kind: 'already-so' });
  });

  it.each([
    ['there is no deployment', [], 'AWS lists no deployment of the service.'],
    [
      'another one is running',
      [deployment(43, now - minutes(1), { status: 'in-progress', finishedAt: null }), ...takenBack],
      'A deployment of checkout:43 is running.',
    ],
    [
      'its own release is being rolled back again',
      [deployment(42, now - minutes(1), { status: 'rolling-back', finishedAt: null }), ...takenBack],
      'A deployment of checkout:42 is running.',
    ],
    [
      'another one was deployed',
      [deployment(43, now - minutes(9)), ...takenBack],
      'checkout:41 is not what runs any more.',
    ],
    [
      'its task definition is not active',
      [takenBack[0] ?? bad, { ...bad, taskDefinitionActive: false }, before],
      'The task definition checkout:42 is not there any more.',
    ],
    [
      'AWS does not list the release',
      [takenBack[0] ?? bad, before],
      'The task definition checkout:42 is not there any more.',
    ],
  ])('stops when %s', (_, deployments, because) => {
    expect(recheck(deployments)).toEqual({ kind: 'changed', reason: 'world.changed', because });
  });

  it('stops when a tag would bring other images than those that were taken back', () => {
    expect(recheck(takenBack, { resolves: { 'checkout:42': 'sha256:other' } })).toMatchObject({ kind: 'changed' });
  });

  it('stops for a service of a shape it may not change', () => {
    const shape = { controller: 'ECS', strategy: 'BLUE_GREEN', scheduling: 'REPLICA', reachedBy: ['alb'] };
    expect(recheck(takenBack, { shape })).toMatchObject({ kind: 'changed', reason: 'shape.unsupported' });
  });

  it('brings the release and changes nothing else', async () => {
    const asked: unknown[] = [];
    const updateService = async (...given: unknown[]) => void asked.push(given);
    await rollForwardDeployment.apply(rollForward(), { updateService }, standing());
    expect(asked).toEqual([[rollForward().subject.service, taskDefinition(42)]]);
  });

  it.each([
    ['in-progress', 'the service is going forward to checkout:42'],
    ['successful', 'the service is going forward to checkout:42'],
    ['rolling-back', undefined],
    ['failed', undefined],
  ] as const)('sees it done while its deployment is %s: %s', (status, seen) => {
    const deployments = [deployment(42, now, { status }), ...takenBack];
    expect(rollForwardDeployment.confirm(rollForward(), standing({ deployments }))).toBe(seen);
  });

  it('does not see it done while another release is newest', () => {
    expect(rollForwardDeployment.confirm(rollForward(), standing({ deployments: takenBack }))).toBeUndefined();
  });

  it('is the way back of going back, from there to where it was', () => {
    const back = rollBackDeployment.undo(rollBack(bad, taskDefinition(41)), []);
    expect(back).toMatchObject({
      kind: 'roll-forward-deployment',
      key: `roll-forward-deployment|${bad.id}`,
      subject: { from: taskDefinition(41), to: taskDefinition(42) },
      expects: { see: 'deployed' },
    });
  });

  it('has no way back itself', () => {
    expect(rollForwardDeployment.undo(rollForward(), [])).toMatchObject({ kind: 'not-applicable' });
  });
});
