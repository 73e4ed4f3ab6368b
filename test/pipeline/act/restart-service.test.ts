import { describe, expect, it } from 'vitest';
import type { Standing } from '../../../lambdas/model/facts.ts';
import { restartService } from '../../../lambdas/pipeline/act/restart-service.ts';
import {
  actCase,
  cluster,
  deployment,
  digest,
  everyDiagnosis,
  hours,
  minutes,
  now,
  orderRef,
  restart,
  standing,
  taskDefinition,
  wornOut,
} from '../build.ts';
import { recorder } from './recorder.ts';

const before = deployment(42, now - hours(72));
const restarted = deployment(42, now - minutes(1), { status: 'in-progress', finishedAt: null });
const other = deployment(43, now - minutes(1));
const recheck = (...deployments: readonly (typeof before)[]) =>
  restartService.recheck(restart(before.id), actCase({ standing: standing({ deployments }) }));

describe('restart-service', () => {
  it('is proposed on top of the newest deployment when the tasks wore out', () => {
    expect(
      restartService.propose(wornOut, null, actCase({ standing: standing({ deployments: [before] }) })),
    ).toMatchObject({
      key: `restart-service|${cluster}|checkout`,
      subject: { service: { cluster, service: 'checkout' }, onTopOf: before.id },
      subjectName: 'all 6 tasks of checkout',
      expects: { see: 'deployment-helps', by: { seconds: 20 * 60 } },
      wayBack: { kind: 'none' },
    });
  });

  it('is proposed for no other diagnosis', () => {
    for (const diagnosis of everyDiagnosis.filter((d) => d.kind !== 'worn-out')) {
      expect(restartService.propose(diagnosis, null, actCase())).toMatchObject({ reason: 'selection.empty' });
    }
  });

  it('is not proposed for a blue/green service', () => {
    const shape = { ...standing().shape, strategy: 'BLUE_GREEN' as const };
    expect(restartService.propose(wornOut, null, actCase({ standing: standing({ shape }) }))).toMatchObject({
      reason: 'shape.unsupported',
    });
  });

  it('goes on while no other deployment has come', () => {
    expect(recheck(before)).toEqual({ kind: 'go' });
  });

  it('has nothing left to do once a deployment of the same task definition has come', () => {
    expect(recheck(restarted, before)).toEqual({ kind: 'already-so' });
  });

  it('stops when another release has come, or the deployment below is not listed any more', () => {
    expect(recheck(other, before)).toMatchObject({ kind: 'changed' });
    expect(recheck(restarted)).toMatchObject({ kind: 'changed' });
    expect(recheck()).toMatchObject({ kind: 'changed' });
  });

  it('forces one new deployment of that service and changes nothing else', async () => {
    const { change, calls } = recorder();
    await restartService.apply(restart(), change, standing(), orderRef);
    expect(calls).toEqual([['forceNewDeployment', { cluster, service: 'checkout' }]]);
  });

  it.each<[string, Partial<typeof before>, Partial<Standing>]>([
    ['a tag was moved', {}, { resolves: { 'checkout:42': digest(7) } }],
    ['a registry cannot be asked', {}, { resolves: {} }],
    ['its task definition is not active any more', { definition: 'inactive' }, {}],
  ])('deploys a copy of what runs, with its images named by digest, where %s', async (_, change, world) => {
    const { change: changes, calls } = recorder();
    const given = standing({ deployments: [{ ...before, ...change }], ...world });
    await restartService.apply(restart(before.id), changes, given, orderRef);
    expect(calls).toEqual([
      [
        'registerTaskDefinition',
        { of: before.taskDefinition, original: before.taskDefinition, pins: { app: digest(42) }, for: orderRef },
      ],
      ['updateService', { cluster, service: 'checkout' }, taskDefinition(99)],
    ]);
    expect(restartService.propose(wornOut, null, actCase({ standing: given }))).toMatchObject({
      rationale: expect.stringContaining('A copy of it is registered for that, with its images named by digest, since'),
    });
  });

  it('is seen as a deployment of a copy too, and names it', () => {
    const copy = { ...restarted, taskDefinition: taskDefinition(43), copyOf: taskDefinition(42) };
    const given = standing({ deployments: [copy, before] });
    expect(restartService.confirm(restart(before.id), given)).toBe(
      'a new deployment of the same release by checkout:43, a copy of it, is running',
    );
    expect(restartService.recheck(restart(before.id), actCase({ standing: given }))).toEqual({ kind: 'already-so' });
    expect(restartService.drift?.(restart(before.id), given)).toEqual({
      asked: taskDefinition(42),
      runs: taskDefinition(43),
      copyOf: taskDefinition(42),
      unpinned: [],
    });
    expect(restartService.drift?.(restart(before.id), standing({ deployments: [restarted, before] }))).toBeUndefined();
  });

  it('is seen on top of a release that was gone back to', () => {
    const rolledBack = deployment(43, now - hours(2), { status: 'rolled-back', rolledBackTo: taskDefinition(42) });
    const given = standing({ deployments: [restarted, rolledBack, before] });
    expect(restartService.confirm(restart(rolledBack.id), given)).toBe(
      'a new deployment of the same release is running',
    );
  });

  it('is seen as a newer deployment of the same task definition', () => {
    const confirm = (...deployments: readonly (typeof before)[]) =>
      restartService.confirm(restart(before.id), standing({ deployments }));
    expect(confirm(before)).toBeUndefined();
    expect(confirm(other, before)).toBeUndefined();
    expect(confirm(restarted, before)).toBe('a new deployment of the same release is running');
    expect(confirm({ ...restarted, status: 'successful' }, before)).toBe(
      'a new deployment of the same release has run',
    );
  });

  it('cannot be undone', () => {
    expect(restartService.undo(restart(), [])).toMatchObject({ kind: 'not-applicable' });
  });
});
