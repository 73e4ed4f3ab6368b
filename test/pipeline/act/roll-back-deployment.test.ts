import { describe, expect, it } from 'vitest';
import { NotDone } from '../../../lambdas/contract/not-done.ts';
import type { DeploymentFact, Standing } from '../../../lambdas/model/facts.ts';
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
  image,
  minutes,
  now,
  orderRef,
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
const condemned = (revision: number, at: number, incident = earlierIncident) => {
  const { copyOf, content, images } = deployment(revision, at);
  return {
    incident,
    at,
    taskDefinition: taskDefinition(revision),
    copyOf,
    content,
    images,
    changed: 'images',
  } as const;
};

describe('roll-back-deployment proposes', () => {
  it('to have AWS stop a deployment that still runs, which goes back to the release before', () => {
    expect(propose(running, [second, first])).toMatchObject({
      key: `roll-back-deployment|${bad.id}`,
      subject: {
        service: { cluster, service: 'checkout' },
        deployment: bad.id,
        from: taskDefinition(43),
        way: 'stop-running',
        to: taskDefinition(42),
        good: second.id,
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
    const again = deployment(44, now - minutes(30), { images: [image(42)] });
    const past = { condemned: [condemned(42, now - hours(21))] };
    expect(propose(again, [first], past)).toEqual({
      kind: 'not-applicable',
      reason: 'release.returned',
      because: `checkout:44 brings the images that were found bad in incident ${earlierIncident} on 2026-01-04 15:00 UTC.`,
    });
  });

  it('the same whether or not the ledger has condemned the release in the meantime', () => {
    const past = { condemned: [condemned(43, now - minutes(1), thisIncident)] };
    expect(propose(bad, [second, first], past)).toEqual(propose(bad, [second, first]));
    expect(propose(bad, [second, first])).not.toHaveProperty('reason');
  });

  it('nothing when the release was registered anew and comes again, and names the first time', () => {
    const again = deployment(44, now - minutes(30), { content: 'content 42', images: [image(42)] });
    const past = { condemned: [{ ...condemned(42, now - hours(21)), changed: 'configuration' as const }] };
    expect(propose(again, [first], past)).toMatchObject({
      reason: 'release.returned',
      because: expect.stringContaining('checkout:44 brings the release that was found bad'),
    });
  });

  it.each([
    ['finished', bad],
    ['running', running],
  ])(
    'the release before, and not the one before that, when only the configuration of a %s one changed',
    (_, newest) => {
      const configured = { ...newest, images: second.images };
      const past = {
        condemned: [
          {
            ...condemned(43, now - minutes(1), thisIncident),
            images: second.images,
            changed: 'configuration' as const,
          },
        ],
      };
      expect(propose(configured, [second, first])).toMatchObject({ subject: { to: taskDefinition(42) } });
      expect(propose(configured, [second, first], past)).toMatchObject({ subject: { to: taskDefinition(42) } });
    },
  );

  it('a copy where the task definition is not active any more, and says so', () => {
    const inactive = { ...second, definition: 'inactive' as const };
    expect(propose(bad, [inactive, first])).toMatchObject({
      subject: { way: 'update-service', to: taskDefinition(42), good: second.id },
      rationale:
        'The trouble came with checkout:43; checkout:42 is the newest release known to be good. A copy of it is registered for that, with its images named by digest, since checkout:42 is not active any more.',
    });
  });

  it('with a word on each container of which no digest is recorded', () => {
    const undigested = { ...second, images: [image(42, null)], definition: 'inactive' as const };
    expect(propose(bad, [undigested])).toMatchObject({
      rationale: expect.stringContaining('No digest is recorded for app: what its tag stands for now is started.'),
    });
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

  it.each<[string, readonly DeploymentFact[], string, string]>([
    [
      'there is no other',
      [],
      'release.not-known-good',
      'Beside checkout:43 AWS lists no release that was deployed successfully; it lists those of the last 90 days.',
    ],
    [
      'the other has not proven itself',
      [deployment(42, now - hours(1))],
      'release.not-known-good',
      'checkout:42 has not served for 1 h without an incident.',
    ],
    [
      'the task definition of the other is gone, whatever else stands against others',
      [deployment(42, now - hours(1)), { ...first, definition: 'gone' }],
      'release.not-described',
      'The task definition checkout:41 is gone: AWS does not describe it any more. checkout:42 has not served for 1 h without an incident.',
    ],
  ])('nothing when %s, and says why', (_, older, reason, because) => {
    expect(propose(bad, older)).toEqual({ kind: 'not-applicable', reason, because });
  });

  it('nothing when an image of the other is gone, and says which', () => {
    const world = standing({ deployments: [bad, second], resolves: {}, imagesGone: [`checkout@${digest(42)}`] });
    expect(rollBackDeployment.propose(badDeployment(bad), null, actCase({ standing: world }))).toEqual({
      kind: 'not-applicable',
      reason: 'release.image-gone',
      because: `The image checkout@${digest(42).slice(0, 19)} of checkout:42 (container app) is gone from its repository.`,
    });
  });

  it('names three releases that are no way back, and not all there were', () => {
    const gone = [42, 41, 40, 39].map((n) => deployment(n, now - hours(3 * (43 - n)), { definition: 'gone' }));
    const proposed = propose(bad, gone);
    expect(proposed).toMatchObject({ because: expect.stringContaining('checkout:40 is gone') });
    expect(proposed).toMatchObject({ because: expect.not.stringContaining('checkout:39') });
  });

  it('nothing when no release was deployed successfully before one that still runs', () => {
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
    rollBackDeployment.recheck(rollBack(bad, second, way), actCase({ standing: standing({ deployments }) }));
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

  it('has nothing left to do when the service goes, or went, to a copy of it', () => {
    const copy = { ...back, taskDefinition: taskDefinition(44), copyOf: taskDefinition(42) };
    expect(recheck('update-service', copy, bad, second)).toEqual({ kind: 'already-so' });
    expect(recheck('update-service', { ...copy, status: 'successful' }, bad, second)).toEqual({ kind: 'already-so' });
    expect(
      recheck('update-service', { ...copy, copyOf: taskDefinition(40), content: null }, bad, second),
    ).toMatchObject({
      kind: 'changed',
    });
  });

  it('stops when AWS does not list what it leads from or to any more', () => {
    expect(recheck('update-service', bad)).toMatchObject({ because: 'AWS does not list checkout:42 any more.' });
    expect(recheck('update-service', deployment(43, now), second)).toMatchObject({
      because: 'AWS does not list checkout:43 any more.',
    });
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
  const apply = async (way: 'stop-running' | 'update-service', good: DeploymentFact, world: Partial<Standing> = {}) => {
    const { change, calls } = recorder();
    const given = standing({ deployments: [bad, good], ...world });
    await rollBackDeployment.apply(rollBack(bad, good, way), change, given, orderRef);
    return calls;
  };
  const service = { cluster, service: 'checkout' };

  it('stops that one deployment', async () => {
    expect(await apply('stop-running', second)).toEqual([['stopServiceDeployment', bad.id]]);
  });

  it('or updates that one service to the task definition, and nothing else', async () => {
    expect(await apply('update-service', second)).toEqual([['updateService', service, taskDefinition(42)]]);
  });

  it.each<[string, DeploymentFact, Partial<Standing>]>([
    ['is not active any more', { ...second, definition: 'inactive' }, {}],
    ['has a tag that was moved', second, { resolves: { 'checkout:42': digest(7) } }],
    ['is in a registry that cannot be asked', second, { resolves: {} }],
  ])('or registers one copy and updates the service to it where the task definition %s', async (_, good, world) => {
    const copy = { of: taskDefinition(42), original: taskDefinition(42), pins: { app: digest(42) }, for: orderRef };
    expect(await apply('update-service', good, world)).toEqual([
      ['registerTaskDefinition', copy],
      ['updateService', service, taskDefinition(99)],
    ]);
  });

  it('makes a copy of a copy one of the original', async () => {
    const copy = { ...second, taskDefinition: taskDefinition(44), copyOf: taskDefinition(42) };
    const [register] = await apply('update-service', { ...copy, definition: 'inactive' });
    expect(register?.[1]).toMatchObject({ of: taskDefinition(44), original: taskDefinition(42) });
  });

  it.each<[string, DeploymentFact, Partial<Standing>, string]>([
    ['the task definition is gone', { ...second, definition: 'gone' }, {}, 'checkout:42 is gone'],
    [
      'an image is gone',
      second,
      { resolves: {}, imagesGone: [`checkout@${digest(42)}`] },
      'is gone from its repository',
    ],
    ['AWS lists the release no more', second, { deployments: [bad] }, 'AWS does not list the release'],
  ])('does nothing when %s by now', async (_, good, world, says) => {
    await expect(apply('update-service', good, world)).rejects.toThrow(NotDone);
    await expect(apply('update-service', good, world)).rejects.toThrow(says);
  });

  it('says what is left of it when ECS turns down the update after the copy', async () => {
    const { change } = recorder();
    const updateService = () => Promise.reject(new NotDone('AccessDeniedException: iam:PassRole.'));
    const inactive = { ...second, definition: 'inactive' as const };
    const given = standing({ deployments: [bad, inactive] });
    const applied = rollBackDeployment.apply(rollBack(bad, second), { ...change, updateService }, given, orderRef);
    await expect(applied).rejects.toThrow(
      'AccessDeniedException: iam:PassRole. checkout:99, a copy of checkout:42, was registered for it and is the newest revision of its family.',
    );
    await expect(applied).rejects.toThrow(NotDone);
  });

  it('leaves open whether it was done when the update got no answer', async () => {
    const { change } = recorder();
    const updateService = () => Promise.reject(new Error('timed out'));
    const given = standing({ deployments: [bad, { ...second, definition: 'inactive' }] });
    const applied = rollBackDeployment.apply(rollBack(bad, second), { ...change, updateService }, given, orderRef);
    await expect(applied).rejects.not.toThrow(NotDone);
  });

  const back = deployment(42, now - minutes(1), { status: 'pending', finishedAt: null });
  const copied = { ...back, taskDefinition: taskDefinition(44), copyOf: taskDefinition(42) };

  it('is seen when AWS rolls back, or a deployment of the good release has come', () => {
    const confirm = (way: 'stop-running' | 'update-service', ...deployments: readonly DeploymentFact[]) =>
      rollBackDeployment.confirm(rollBack(bad, second, way), standing({ deployments }));
    expect(confirm('stop-running', running, second)).toBeUndefined();
    expect(confirm('stop-running', { ...running, status: 'rolling-back' }, second)).toBe(
      'AWS is rolling back to checkout:42',
    );
    expect(confirm('update-service', bad, second)).toBeUndefined();
    expect(confirm('update-service', back, bad, second)).toBe('the service is going back to checkout:42');
    expect(confirm('update-service', copied, bad, second)).toBe(
      'the service is going back to checkout:42 by checkout:44, a copy of it',
    );
  });

  it('names what the service runs then, and what whoever deploys it still asks for', () => {
    const drift = (way: 'stop-running' | 'update-service', ...deployments: readonly DeploymentFact[]) =>
      rollBackDeployment.drift?.(rollBack(bad, second, way), standing({ deployments }));
    const asked = { asked: taskDefinition(43), unpinned: [] };
    expect(drift('update-service', back, bad, second)).toEqual({ ...asked, runs: taskDefinition(42), copyOf: null });
    expect(drift('update-service', copied, bad, second)).toEqual({
      ...asked,
      runs: taskDefinition(44),
      copyOf: taskDefinition(42),
    });
    expect(drift('stop-running', { ...running, status: 'rolling-back' }, second)).toEqual({
      ...asked,
      runs: taskDefinition(42),
      copyOf: null,
    });
    const undigested = { ...second, images: [image(42, null)] };
    expect(drift('update-service', back, bad, undigested)).toMatchObject({ unpinned: ['app'] });
  });

  it('is taken back by rolling forward again, when it helps nobody or a person asks', () => {
    expect(rollBackDeployment.undo(rollBack(bad, second), [])).toMatchObject({
      kind: 'roll-forward-deployment',
      subject: { from: taskDefinition(42), to: bad.taskDefinition, good: second.id, deployment: bad.id },
    });
    expect(propose(bad, [second, first])).toMatchObject({
      wayBack: {
        kind: 'if-worse',
        says: 'checkout:43 is deployed again if checkout:42 does not start, suffers alike or makes it worse, or when a person asks.',
      },
    });
  });
});
