import { describe, expect, it } from 'vitest';
import type { Service } from '../../../lib/simulator/world/service.ts';
import type { AccountTraits } from '../../../lib/simulator/world/service-spec.ts';
import { type Fault, Play, quiet, specOf } from './play.ts';

const played = (account: Partial<AccountTraits>, faults: readonly Fault[] = [], seed = 1): Play =>
  new Play({ specs: [specOf('checkout', { account: { ...quiet, ...account } })], faults, seed });

const family = 'arn:aws:ecs:eu-central-1:123456789012:task-definition/checkout';
/** Every task definition from 41 on, and whether it is active. */
const statuses = ({ releases }: Service, until: number): readonly string[] =>
  Array.from({ length: until - 40 }, (_, n) => `${41 + n} ${releases.describe(`${family}:${41 + n}`).status}`);

describe('a task definition', () => {
  it.each(['cloudformation', 'terraform'] as const)(
    'is deregistered by %s once the release after it is stable, not before',
    async (deployedBy) => {
      const play = played({ deployedBy }, [{ at: 60, kind: 'deployment', revision: '43' }]);
      expect(statuses(play.service, 42)).toEqual(['41 INACTIVE', '42 ACTIVE']);
      await play.until(100);
      expect(play.service.rollouts.running?.status).toBe('in-progress');
      expect(statuses(play.service, 43)).toEqual(['41 INACTIVE', '42 ACTIVE', '43 ACTIVE']);
      await play.until(180);
      expect(play.service.rollouts.running).toBeUndefined();
      expect(statuses(play.service, 43)).toEqual(['41 INACTIVE', '42 INACTIVE', '43 ACTIVE']);
    },
  );

  it('stays active where scripts deploy', async () => {
    const play = played({ deployedBy: 'scripts' }, [{ at: 60, kind: 'deployment', revision: '43' }]);
    await play.until(300);
    expect(statuses(play.service, 43)).toEqual(['41 ACTIVE', '42 ACTIVE', '43 ACTIVE']);
  });

  it('stays active when the release after it is rolled back before it was stable', async () => {
    const faults = [{ at: 60, kind: 'bad-deployment', revision: '43', pace: '3m', rolledBackAfter: '1m' }];
    const play = played({ deployedBy: 'cloudformation' }, faults);
    await play.until(600);
    expect(play.service.rollouts.all[0]?.status).toBe('rolled-back');
    expect(statuses(play.service, 43)).toEqual(['41 INACTIVE', '42 ACTIVE', '43 ACTIVE']);
  });

  it('stays as it is when somebody else than the deployment tool updates the service', async () => {
    const play = played({ deployedBy: 'cloudformation' }, [{ at: 60, kind: 'deployment', revision: '43' }]);
    await play.until(300);
    const { releases } = play.service;
    const { taskDefinition } = play.service.rollouts.wanted.release;
    const copy = releases.register(releases.describe(`${family}:42`));
    play.service.updateTo(copy.arn);
    await play.until(600);
    expect(play.service.rollouts.wanted.release.taskDefinition).toBe(copy.arn);
    expect(releases.isActive(taskDefinition)).toBe(true);
    // What the tool deploys next takes the place of what it deployed before.
    play.service.deploy({ id: '45', pinned: false });
    await play.until(900);
    expect(releases.isActive(taskDefinition)).toBe(false);
    expect(releases.isActive(copy.arn)).toBe(true);
  });

  it('that is deregistered can be deployed for up to ten minutes more, as the seed decides, and then no more', async () => {
    const lasted: number[] = [];
    for (let seed = 1; seed <= 20; seed++) {
      const play = played({ deployedBy: 'cloudformation' }, [{ at: 60, kind: 'deployment', revision: '43' }], seed);
      await play.until(200);
      const { releases } = play.service;
      const at = play.clock.now();
      const works = (minutes: number): boolean => {
        try {
          return releases.deployable(`${family}:42`, at + 60_000 * minutes).revision === '42';
        } catch (error) {
          expect(String(error)).toBe('ClientException: TaskDefinition is inactive');
          return false;
        }
      };
      const minutes = Array.from({ length: 11 }, (_, minute) => minute);
      expect(minutes.map(works)).toEqual(minutes.map(works).toSorted((a, b) => Number(b) - Number(a)));
      lasted.push(minutes.filter(works).length);
    }
    expect(Math.min(...lasted)).toBeLessThan(3);
    expect(Math.max(...lasted)).toBeGreaterThan(7);
    expect(Math.max(...lasted)).toBeLessThan(11);
  });

  it('that is deregistered is described or gone, as the account has it', () => {
    const described = played({ deployedBy: 'cloudformation' });
    expect(described.service.releases.describe(`${family}:41`)).toEqual({
      arn: `${family}:41`,
      status: 'INACTIVE',
      family: 'checkout',
      containers: [{ name: 'checkout', image: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/checkout:41' }],
      configuration: '41',
      tags: {},
    });
    const { releases } = played({ deployedBy: 'cloudformation', described: false }).service;
    expect(() => releases.describe(`${family}:41`)).toThrow('Unable to describe task definition.');
    expect(releases.describe(`${family}:42`).status).toBe('ACTIVE');
  });

  it('of a release that comes again is registered anew when it is deregistered', async () => {
    const faults = [
      { at: 60, kind: 'deployment', revision: '43' },
      { at: 300, kind: 'deployment', revision: '42' },
    ];
    const play = played({ deployedBy: 'cloudformation' }, faults);
    const [first] = play.service.rollouts.all;
    await play.until(600);
    const { release, digest } = play.service.rollouts.wanted;
    expect(release).toMatchObject({ revision: '42', taskDefinition: `${family}:44`, image: first?.release.image });
    expect(digest).toBe(first?.digest);
  });
});

describe('a copy of a task definition', () => {
  it('is the next revision of its family and the same release', async () => {
    const play = played({ deployedBy: 'cloudformation' }, [{ at: 60, kind: 'deployment', revision: '43' }]);
    await play.until(300);
    const { releases, rollouts } = play.service;
    const original = rollouts.all.find(({ release }) => release.revision === '42');
    const image = `${releases.describe(`${family}:42`).containers[0]?.image}@${original?.digest}`;
    const { configuration } = releases.describe(`${family}:42`);
    const tags = { 'paramedic.copy-of': '42' };
    const asked = { family: 'checkout', containers: [{ name: 'checkout', image }], configuration, tags };
    expect(releases.register(asked)).toEqual({ ...asked, arn: `${family}:44`, status: 'ACTIVE' });
    play.service.updateTo(`${family}:44`);
    await play.until(600);
    expect(rollouts.wanted.release).toMatchObject({ revision: '42', image, digest: original?.digest, tags });
    expect(rollouts.wanted.digest).toBe(original?.digest);
  });

  it('of a bad release is bad, and one of a good release is good', async () => {
    const play = played({ deployedBy: 'cloudformation' }, [
      { at: 60, kind: 'bad-deployment', revision: '43', errorRate: '50%' },
    ]);
    await play.until(300);
    const { releases, truth } = play.service;
    const copyOf = (number: number) => releases.register(releases.describe(`${family}:${number}`)).arn;
    play.service.updateTo(copyOf(43));
    await play.until(700);
    expect(truth.trouble(650)).toBe(true);
    play.service.updateTo(copyOf(42));
    await play.until(1100);
    expect(truth.trouble(1050)).toBe(false);
  });

  it('keeps the mark that forbids to roll it back', () => {
    const play = played({});
    play.service.deploy({ id: '43', pinned: false, noRollback: 'the data was migrated' });
    const { releases } = play.service;
    releases.register(releases.describe(`${family}:43`));
    expect(releases.deployable(`${family}:44`, play.clock.now()).noRollback).toBe('the data was migrated');
  });

  it('is refused for another family or another container', () => {
    const { releases } = played({}).service;
    const right = releases.describe(`${family}:42`);
    const containers = [{ name: 'another', image: 'checkout:42' }];
    for (const wrong of [
      { ...right, family: 'cart' },
      { ...right, containers },
      { ...right, containers: [] },
    ])
      expect(() => releases.register(wrong)).toThrow(/Only checkout/);
  });
});
