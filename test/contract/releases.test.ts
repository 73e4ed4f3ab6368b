import { describe, expect, it } from 'vitest';
import { deploymentBefore, isUnderWay, runningDeployment, sameRelease } from '../../lambdas/contract/releases.ts';
import { deployment, digest, hours, minutes, now, taskDefinition } from '../pipeline/build.ts';

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
  it('is the same by its images, and by its task definition where images are not known', () => {
    const release = { taskDefinition: 'a', digests: [digest(1), digest(2)] };
    expect(sameRelease(release, { taskDefinition: 'b', digests: [digest(1), digest(2)] })).toBe(true);
    expect(sameRelease(release, { taskDefinition: 'a', digests: [digest(1)] })).toBe(false);
    expect(sameRelease(release, { taskDefinition: 'a', digests: [] })).toBe(true);
    expect(sameRelease(release, { taskDefinition: 'b', digests: [] })).toBe(false);
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
