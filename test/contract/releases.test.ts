import { describe, expect, it } from 'vitest';
import {
  deploymentBefore,
  isUnderWay,
  runningDeployment,
  runs,
  sameDigests,
  sameRelease,
} from '../../lambdas/contract/releases.ts';
import type { DeploymentFact, TaskFact } from '../../lambdas/model/facts.ts';
import { deployment, digest, hours, image, minutes, now, task, taskDefinition } from '../pipeline/build.ts';

const first = deployment(41, now - hours(72));
const second = deployment(42, now - hours(24));
const third = deployment(43, now - minutes(30));

describe('the running deployment', () => {
  it('is the newest when that was successful', () => {
    expect(runningDeployment([third, second, first])).toBe(third);
  });

  it('is the one that was gone back to', () => {
    const back = { ...third, status: 'rolled-back', rolledBackTo: taskDefinition(41) };
    expect(runningDeployment([back, second, first])).toBe(first);
  });

  it.each(['pending', 'in-progress', 'rolling-back', 'stopped', 'failed'])(
    'cannot be told when the newest is %s',
    (status) => {
      expect(runningDeployment([{ ...third, status }, second])).toBeUndefined();
    },
  );

  it('cannot be told when there is none', () => {
    expect(runningDeployment([])).toBeUndefined();
  });
});

describe('the deployment before', () => {
  it('is the newest successful one that is older', () => {
    expect(deploymentBefore(third, [third, second, first])).toBe(second);
    expect(deploymentBefore(third, [third, { ...second, status: 'rolled-back' }, first])).toBe(first);
    expect(deploymentBefore(first, [third, second, first])).toBeUndefined();
  });
});

describe('a release', () => {
  const one = deployment(42, now);
  const other = (change: Partial<DeploymentFact> = {}): DeploymentFact => ({ ...deployment(43, now), ...change });
  const same = { content: one.content, images: one.images };

  it.each<[string, DeploymentFact, DeploymentFact, boolean]>([
    ['itself', one, one, true],
    ['another task definition with other images', one, other(), false],
    ['one that changed its configuration only', one, other({ images: one.images }), false],
    ['one that changed its image only', one, other({ content: one.content }), false],
    ['one that was registered anew and says the same', one, other(same), true],
    ['the same under a moved tag', one, { ...one, images: [image(42, digest(7))] }, false],
    [
      'a copy of it with its image named by digest',
      one,
      other({ copyOf: taskDefinition(42), content: null, images: [{ ...image(42), image: `checkout@${digest(42)}` }] }),
      true,
    ],
    ['two copies of one', other({ copyOf: taskDefinition(41) }), other({ copyOf: taskDefinition(41) }), true],
    ['a copy of another one', one, other({ copyOf: taskDefinition(41), images: one.images }), false],
    ['one of which no digest is recorded', one, { ...one, images: [image(42, null)] }, true],
    ['one of which no image is known', one, { ...one, images: [] }, true],
    [
      'one that says the same, where no digest is recorded and the tag is another',
      { ...one, images: [image(42, null)] },
      other({ content: one.content, images: [image(43, null)] }),
      false,
    ],
    [
      'one that says the same and has the same tag, where no digest is recorded',
      { ...one, images: [image(42, null)] },
      other({ content: one.content, images: [image(42, null)] }),
      true,
    ],
    ['two that were not read', { ...one, content: null }, other({ content: null, images: one.images }), false],
  ])('is the same as %s, or not', (_, a, b, expected) => {
    expect([sameRelease(a, b), sameRelease(b, a)]).toEqual([expected, expected]);
  });

  it('is compared container by container, and those that only one of them lists say nothing', () => {
    const proxy = { container: 'proxy', image: 'proxy:1', digest: digest(1) };
    const [both, more] = [
      { ...one, images: [proxy, image(42)] },
      { ...one, images: [image(42)] },
    ];
    expect(sameRelease(both, more)).toBe(true);
    expect(sameRelease(both, { ...both, images: [image(42), { ...proxy, digest: digest(2) }] })).toBe(false);
    const swapped = [
      { ...image(42), digest: digest(1) },
      { ...proxy, digest: digest(42) },
    ];
    expect(sameRelease(both, { ...both, images: swapped })).toBe(false);
  });

  it('has the same digests only where some are recorded, for the same containers', () => {
    expect(sameDigests(one, other({ images: one.images }))).toBe(true);
    expect(sameDigests(one, other())).toBe(false);
    expect(sameDigests({ ...one, images: [image(42, null)] }, { ...one, images: [image(42, null)] })).toBe(false);
    expect(sameDigests(one, { ...one, images: [{ ...image(42), container: 'proxy' }] })).toBe(false);
  });
});

describe('a task runs what a deployment brought', () => {
  const good = deployment(42, now - hours(24));
  const copy = deployment(44, now, {
    copyOf: taskDefinition(42),
    images: [{ ...image(42), image: `checkout@${digest(42)}` }],
  });
  const bad = deployment(43, now - hours(1));
  const all = [copy, bad, good];
  const of = (revision: number, ...containers: TaskFact['containers']): TaskFact =>
    task(1, {
      taskDefinition: taskDefinition(revision),
      containers: [{ container: 'app', digest: digest(revision === 44 ? 42 : revision) }, ...containers],
    });

  it('when it is of the same release, a copy and its original alike', () => {
    expect(runs(of(42), good, all)).toBe(true);
    expect(runs(of(42), copy, all)).toBe(true);
    expect(runs(of(44), good, all)).toBe(true);
    expect(runs(of(43), good, all)).toBe(false);
    expect(runs(of(42), bad, all)).toBe(false);
  });

  it('whatever ECS has injected into it, of which no service revision knows', () => {
    expect(runs(of(42, { container: 'aws-guardduty-agent-1f', digest: digest(7) }), good, all)).toBe(true);
    expect(runs(of(42, { container: 'ecs-service-connect', digest: null }), good, all)).toBe(true);
  });

  it('while its digest is not known yet; not with another one', () => {
    expect(runs({ ...of(42), containers: [{ container: 'app', digest: null }] }, good, all)).toBe(true);
    expect(runs({ ...of(42), containers: [{ container: 'app', digest: digest(9) }] }, good, all)).toBe(false);
  });

  it('by its task definition where AWS lists none of its deployments any more', () => {
    expect(runs(of(42), good, [])).toBe(true);
    expect(runs(of(44), good, [])).toBe(false);
  });
});

describe('a deployment is under way', () => {
  it.each([
    ['pending', true],
    ['in-progress', true],
    ['rolling-back', true],
    ['successful', false],
    ['rolled-back', false],
    ['stopped', false],
    ['failed', false],
  ])('when %s: %s', (status, expected) => {
    expect(isUnderWay({ status })).toBe(expected);
  });
});
