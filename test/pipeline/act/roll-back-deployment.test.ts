import { describe, expect, it } from 'vitest';
import type { DeploymentFact } from '../../../lambdas/model/facts.ts';
import type { History } from '../../../lambdas/model/incident-state.ts';
import { rollBackDeployment } from '../../../lambdas/pipeline/act/roll-back-deployment.ts';
import {
  actCase,
  badDeployment,
  cluster,
  deployment,
  digest,
  earlierIncident,
  everyDiagnosis,
  history,
  hours,
  minutes,
  now,
  rollBack,
  standing,
  taskDefinition,
  thisIncident,
} from '../build.ts';
import { recorder } from './recorder.ts';

const first = deployment(41, now - hours(168));
const second = deployment(42, now - hours(72));
const bad = deployment(43, now - minutes(30));
const running = { ...bad, status: 'in-progress', finishedAt: null } as const;

const propose = (newest: DeploymentFact, older: readonly DeploymentFact[], past: Partial<History> = {}) =>
  rollBackDeployment.propose(
    badDeployment(newest),
    null,
    actCase({ standing: standing({ deployments: [newest, ...older] }), history: history(past) }),
  );
const condemned = (revision: number, at: number, incident = earlierIncident) => ({
  incident,
  at,
  taskDefinition: taskDefinition(revision),
  digests: [digest(revision)],
});

describe('roll-back-deployment proposes', () => {
  it('to have AWS stop a deployment that still runs, which goes back to the release before', () => {
    expect(propose(running, [second, first])).toMatchObject({
      key: `roll-back-deployment|${bad.id}`,
      subject: {
        service: { cluster, service: 'checkout' },
        deployment: bad.id,
        from: taskDefinition(43),
        digests: [digest(43)],
        way: 'stop-running',
        to: taskDefinition(42),
      },
      subjectName: 'checkout:43 back to checkout:42',
      expects: { see: 'deployment-helps', by: { seconds: 20 * 60 } },
    });
  });

  it('to go to the newest release known to be good when the deployment has finished', () => {
    expect(propose(bad, [second, first])).toMatchObject({ subject: { way: 'update-service', to: taskDefinition(42) } });
  });

  it('never the revision before by arithmetic: one that served for minutes only is passed over', () => {
    const hasty = deployment(42, now - hours(1));
    expect(propose(bad, [hasty, first])).toMatchObject({ subject: { to: taskDefinition(41) } });
  });

  it('never the release that was rolled back from, though it was the last successful one with other images', () => {
    const rolledBackTo = deployment(41, now - hours(20));
    const condemnedOnce = deployment(42, now - hours(40));
    const newest = deployment(43, now - minutes(30));
    const past = { condemned: [condemned(42, now - hours(21))] };
    expect(propose(newest, [rolledBackTo, condemnedOnce, first], past)).toMatchObject({
      subject: { to: taskDefinition(41) },
    });
  });

  it('nothing when the same images were condemned before they came again, and names the first time', () => {
    const again = deployment(44, now - minutes(30), { digests: [digest(42)] });
    const past = { condemned: [condemned(42, now - hours(21))] };
    expect(propose(again, [first], past)).toEqual({
      kind: 'not-applicable',
      reason: 'release.returned',
      because: `checkout:44 brings the release that was found bad in incident ${earlierIncident} on 2026-01-04 15:00 UTC.`,
    });
  });

  it('the same whether or not the ledger has condemned the release in the meantime', () => {
    const past = { condemned: [condemned(43, now - minutes(1), thisIncident)] };
    expect(propose(bad, [second, first], past)).toEqual(propose(bad, [second, first]));
    expect(propose(bad, [second, first])).not.toHaveProperty('reason');
  });

  it('the release of the same images but another configuration when AWS itself goes back to it', () => {
    const configured = { ...running, digests: second.digests, images: second.images };
    const past = { condemned: [{ ...condemned(43, now - minutes(1), thisIncident), digests: second.digests }] };
    expect(propose(configured, [second, first], past)).toMatchObject({ subject: { to: taskDefinition(42) } });
  });

  it.each([
    ['is rolling back', { ...bad, status: 'rolling-back' as const, finishedAt: null }],
    ['has rolled back', { ...bad, status: 'rolled-back' as const, rolledBackTo: taskDefinition(42) }],
  ])('nothing when AWS %s by itself', (_, newest) => {
    expect(propose(newest, [second])).toMatchObject({ kind: 'not-applicable', reason: 'rollback.native' });
  });

  it.each([
    ['another deployment runs', deployment(44, now - minutes(2), { status: 'in-progress', finishedAt: null })],
    ['another release runs by now', deployment(44, now - minutes(10))],
  ])('nothing when %s', (_, newest) => {
    const world = standing({ deployments: [newest, bad, second] });
    expect(rollBackDeployment.propose(badDeployment(bad), null, actCase({ standing: world }))).toMatchObject({
      kind: 'not-applicable',
      reason: 'world.changed',
    });
  });

  it('nothing when the deployment is not listed', () => {
    const world = standing({ deployments: [second] });
    expect(rollBackDeployment.propose(badDeployment(bad), null, actCase({ standing: world }))).toMatchObject({
      reason: 'world.changed',
    });
  });

  it('nothing when no release is known to be good', () => {
    expect(propose(bad, [])).toMatchObject({ reason: 'release.not-known-good' });
    expect(propose(running, [])).toMatchObject({ reason: 'release.not-known-good' });
  });

  it('nothing for any other diagnosis', () => {
    for (const diagnosis of everyDiagnosis.filter((d) => d.kind !== 'bad-deployment')) {
      expect(rollBackDeployment.propose(diagnosis, null, actCase())).toMatchObject({ reason: 'selection.empty' });
    }
  });
});

describe('roll-back-deployment rechecks', () => {
  const recheck = (way: 'stop-running' | 'update-service', ...deployments: readonly DeploymentFact[]) =>
    rollBackDeployment.recheck(
      rollBack(bad, taskDefinition(42), way),
      actCase({ standing: standing({ deployments }) }),
    );
  const back = deployment(42, now - minutes(1), { status: 'in-progress', finishedAt: null });

  it.each(['pending', 'in-progress'] as const)('goes on while the deployment to be stopped is %s', (status) => {
    expect(recheck('stop-running', { ...running, status }, second)).toEqual({ kind: 'go' });
  });

  it.each(['rolling-back', 'rolled-back'] as const)('has nothing left to do when it is %s', (status) => {
    expect(recheck('stop-running', { ...running, status }, second)).toEqual({ kind: 'already-so' });
  });

  it.each(['successful', 'stopped', 'failed'] as const)('stops when the deployment to be stopped is %s', (status) => {
    expect(recheck('stop-running', { ...running, status }, second)).toMatchObject({ kind: 'changed' });
  });

  it('goes on while the finished release is still what runs', () => {
    expect(recheck('update-service', bad, second)).toEqual({ kind: 'go' });
  });

  it('has nothing left to do when the service goes, or went, to the good release', () => {
    expect(recheck('update-service', back, bad, second)).toEqual({ kind: 'already-so' });
    expect(recheck('update-service', { ...back, status: 'successful' }, bad, second)).toEqual({ kind: 'already-so' });
  });

  it('stops when somebody deploys or has deployed another release', () => {
    const other = deployment(44, now - minutes(1));
    expect(recheck('update-service', other, bad, second)).toMatchObject({ kind: 'changed', reason: 'world.changed' });
    const going = { ...other, status: 'in-progress' as const };
    expect(recheck('update-service', going, bad, second)).toMatchObject({ kind: 'changed', reason: 'world.changed' });
    expect(recheck('update-service')).toMatchObject({ kind: 'changed' });
  });

  it('hands off when AWS is rolling back', () => {
    const rolling = { ...deployment(44, now - minutes(1)), status: 'rolling-back' as const };
    expect(recheck('update-service', rolling, bad, second)).toMatchObject({
      kind: 'changed',
      reason: 'rollback.native',
    });
  });
});

describe('roll-back-deployment', () => {
  it('stops that one deployment', async () => {
    const { change, calls } = recorder();
    await rollBackDeployment.apply(rollBack(bad, taskDefinition(42), 'stop-running'), change, standing());
    expect(calls).toEqual([['stopServiceDeployment', bad.id]]);
  });

  it('or updates that one service to the task definition, and nothing else', async () => {
    const { change, calls } = recorder();
    await rollBackDeployment.apply(rollBack(bad, taskDefinition(42)), change, standing());
    expect(calls).toEqual([['updateService', { cluster, service: 'checkout' }, taskDefinition(42)]]);
  });

  it('is seen when AWS rolls back, or a deployment of the good release has come', () => {
    const confirm = (way: 'stop-running' | 'update-service', ...deployments: readonly DeploymentFact[]) =>
      rollBackDeployment.confirm(rollBack(bad, taskDefinition(42), way), standing({ deployments }));
    expect(confirm('stop-running', running, second)).toBeUndefined();
    expect(confirm('stop-running', { ...running, status: 'rolling-back' }, second)).toBe(
      'AWS is rolling back to checkout:42',
    );
    expect(confirm('update-service', bad, second)).toBeUndefined();
    const back = deployment(42, now - minutes(1), { status: 'pending', finishedAt: null });
    expect(confirm('update-service', back, bad, second)).toBe('the service is going back to checkout:42');
  });

  it('is taken back by rolling forward again, only when it made things worse or a person asks', () => {
    expect(rollBackDeployment.undo(rollBack(bad, taskDefinition(42)), [])).toMatchObject({
      kind: 'roll-forward-deployment',
      subject: { from: taskDefinition(42), to: bad.taskDefinition },
    });
    expect(propose(bad, [second, first])).toMatchObject({ wayBack: { kind: 'if-worse' } });
  });
});
