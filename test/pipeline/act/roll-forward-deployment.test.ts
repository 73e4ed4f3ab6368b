import { describe, expect, it } from 'vitest';
import type { DeploymentFact, Standing } from '../../../lambdas/model/facts.ts';
import { rollBackDeployment } from '../../../lambdas/pipeline/act/roll-back-deployment.ts';
import { rollForwardDeployment } from '../../../lambdas/pipeline/act/roll-forward-deployment.ts';
import {
  actCase,
  deployment,
  digest,
  everyDiagnosis,
  minutes,
  now,
  orderRef,
  rollBack,
  rollForward,
  standing,
  takenBack,
  taskDefinition,
} from '../build.ts';
import { recorder } from './recorder.ts';

const { bad, good: before } = takenBack;
/** 42 was taken back: 41 has been deployed on top of it. */
const wentBack = [deployment(41, now - minutes(20)), bad, before];
const recheck = (deployments: readonly DeploymentFact[], change: object = {}) =>
  rollForwardDeployment.recheck(rollForward(), actCase({ standing: standing({ deployments, ...change }) }));

async function applied(deployments: readonly DeploymentFact[], world: Partial<Standing> = {}) {
  const { change, calls } = recorder();
  await rollForwardDeployment.apply(rollForward(), change, standing({ deployments, ...world }), orderRef);
  return calls;
}

describe('roll-forward-deployment', () => {
  it('is never proposed for a diagnosis: it is a way back only', () => {
    for (const diagnosis of everyDiagnosis)
      expect(rollForwardDeployment.propose(diagnosis, null, actCase())).toMatchObject({ kind: 'not-applicable' });
  });

  it('goes on while the release that was gone back to runs', () => {
    expect(recheck(wentBack)).toEqual({ kind: 'go' });
  });

  it('goes on after AWS itself has rolled the deployment back', () => {
    const rolledBack = { ...bad, status: 'rolled-back', rolledBackTo: taskDefinition(41) } as const;
    expect(recheck([rolledBack, before])).toEqual({ kind: 'go' });
  });

  it.each([
    ['runs', [deployment(42, now - minutes(5)), ...wentBack]],
    ['comes', [deployment(42, now - minutes(1), { status: 'in-progress', finishedAt: null }), ...wentBack]],
  ])('has nothing left to do when the release %s again', (_, deployments) => {
    expect(recheck(deployments)).toEqual({ kind: 'already-so' });
  });

  it.each([
    ['there is no deployment', [], 'AWS lists no deployment of the service.'],
    [
      'another one is running',
      [deployment(43, now - minutes(1), { status: 'in-progress', finishedAt: null }), ...wentBack],
      'A deployment of checkout:43 is running.',
    ],
    [
      'its own release is being rolled back again',
      [deployment(42, now - minutes(1), { status: 'rolling-back', finishedAt: null }), ...wentBack],
      'A deployment of checkout:42 is running.',
    ],
    [
      'another one was deployed',
      [deployment(43, now - minutes(9)), ...wentBack],
      'checkout:41 is not what runs any more.',
    ],
    ['AWS does not list the release', [wentBack[0] ?? bad, before], 'AWS does not list checkout:42 any more.'],
  ])('stops when %s', (_, deployments, because) => {
    expect(recheck(deployments)).toEqual({ kind: 'changed', reason: 'world.changed', because });
  });

  it.each<[string, DeploymentFact, Partial<Standing>, string]>([
    ['task definition', { ...bad, definition: 'gone' }, {}, 'release.not-described'],
    ['image', bad, { resolves: {}, imagesGone: [`checkout@${digest(42)}`] }, 'release.image-gone'],
  ])('stops when its %s is gone', (_, gone, change, reason) => {
    expect(recheck([wentBack[0] ?? bad, gone, before], change)).toMatchObject({ kind: 'changed', reason });
  });

  it.each<[string, DeploymentFact, Partial<Standing>]>([
    ['its task definition is not active any more', { ...bad, definition: 'inactive' }, {}],
    ['a tag would bring another image', bad, { resolves: { 'checkout:42': digest(9) } }],
  ])('goes on by a copy where %s', async (_, release, change) => {
    const deployments = [wentBack[0] ?? bad, release, before];
    expect(recheck(deployments, change)).toEqual({ kind: 'go' });
    expect(await applied(deployments, change)).toEqual([
      [
        'registerTaskDefinition',
        { of: taskDefinition(42), original: taskDefinition(42), pins: { app: digest(42) }, for: orderRef },
      ],
      ['updateService', rollForward().subject.service, taskDefinition(99)],
    ]);
  });

  it('goes on while the rollback still runs, and has AWS stop it: that goes back to what was before', async () => {
    const [back] = wentBack;
    for (const status of ['pending', 'in-progress'] as const) {
      const deployments = [{ ...(back ?? bad), status, finishedAt: null }, bad, before];
      expect(recheck(deployments)).toEqual({ kind: 'go' });
      expect(await applied(deployments)).toEqual([['stopServiceDeployment', back?.id]]);
    }
  });

  it('has nothing left to do when AWS goes, or went, back from the rollback', () => {
    for (const status of ['rolling-back', 'rolled-back'] as const) {
      const stopped = { ...(wentBack[0] ?? bad), status, rolledBackTo: taskDefinition(42) };
      expect(recheck([stopped, bad, before])).toEqual({ kind: 'already-so' });
      expect(rollForwardDeployment.confirm(rollForward(), standing({ deployments: [stopped, bad, before] }))).toBe(
        'AWS is going forward again to checkout:42',
      );
    }
  });

  it('stops for a service of a shape it may not change', () => {
    const shape = { controller: 'ECS', strategy: 'BLUE_GREEN', scheduling: 'REPLICA', reachedBy: ['alb'] };
    expect(recheck(wentBack, { shape })).toMatchObject({ kind: 'changed', reason: 'shape.unsupported' });
  });

  it('brings the release and changes nothing else', async () => {
    expect(await applied(wentBack)).toEqual([['updateService', rollForward().subject.service, taskDefinition(42)]]);
  });

  it('leaves nothing otherwise than it is asked for, but where it came by a copy', () => {
    const drift = (...deployments: readonly DeploymentFact[]) =>
      rollForwardDeployment.drift?.(rollForward(), standing({ deployments }));
    const comes = deployment(42, now, { status: 'in-progress', finishedAt: null });
    expect(drift(comes, ...wentBack)).toBeUndefined();
    const copy = { ...comes, taskDefinition: taskDefinition(44), copyOf: taskDefinition(42) };
    expect(drift(copy, ...wentBack)).toEqual({
      asked: taskDefinition(42),
      runs: taskDefinition(44),
      copyOf: taskDefinition(42),
      unpinned: [],
    });
    expect(rollForwardDeployment.confirm(rollForward(), standing({ deployments: [copy, ...wentBack] }))).toBe(
      'the service is going forward to checkout:42 by checkout:44, a copy of it',
    );
  });

  it.each([
    ['in-progress', 'the service is going forward to checkout:42'],
    ['successful', 'the service is going forward to checkout:42'],
    ['rolling-back', undefined],
    ['failed', undefined],
  ] as const)('sees it done while its deployment is %s: %s', (status, seen) => {
    const deployments = [deployment(42, now, { status }), ...wentBack];
    expect(rollForwardDeployment.confirm(rollForward(), standing({ deployments }))).toBe(seen);
  });

  it('does not see it done while another release is newest', () => {
    expect(rollForwardDeployment.confirm(rollForward(), standing({ deployments: wentBack }))).toBeUndefined();
  });

  it('is the way back of going back, from there to where it was', () => {
    const back = rollBackDeployment.undo(rollBack(bad, before), []);
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
