import { describe, expect, it } from 'vitest';
import type { Sense } from '../../../lambdas/contract/settings.ts';
import { look } from '../../../lambdas/pipeline/diagnose/look.ts';
import type { LookPorts } from '../../../lambdas/ports/ports.ts';
import { routing } from '../build.ts';
import { deployment, now, settings, standing, target } from './build.ts';

const facts = standing(2);
const failing = () => Promise.reject(new Error('throttled'));

function ports(over: Partial<LookPorts> = {}): LookPorts {
  return {
    clock: { now: () => now },
    targets: { health: async () => [target(1, { anomaly: 'normal' }), target(2, { anomaly: 'anomalous' })] },
    services: { describe: async () => facts },
    images: {
      resolve: async (images) => Object.fromEntries(images.map((image) => [image, `sha256:of-${image}`])),
      gone: async () => [],
    },
    audience: { confirmed: async () => 3 },
    controls: { read: async () => ({ kind: 'running' }) },
    routing: { groups: async () => routing() },
    protection: { of: async (_, tasks) => Object.fromEntries(tasks.map(({ task }) => [task, false])) },
    stacks: { status: async () => 'UPDATE_COMPLETE' },
    scaling: { activities: async () => [] },
    ...over,
  };
}

describe('look', () => {
  it('gathers what is there and whether a person has paused Paramedic', async () => {
    const seen = await look(ports(), settings);
    expect(seen.controls).toEqual({ kind: 'running' });
    expect(seen.standing).toMatchObject({ desired: 2, listeners: 3, at: now });
    expect(seen.standing.resolves).toEqual({
      'checkout:42': 'sha256:of-checkout:42',
      'checkout:41': 'sha256:of-checkout:41',
    });
  });

  it('takes the time after all reads', async () => {
    let time = now;
    const slow = ports({
      clock: { now: () => time },
      images: {
        resolve: async () => {
          time += 5000;
          return {};
        },
        gone: async () => [],
      },
    });
    expect((await look(slow, settings)).standing.at).toBe(now + 5000);
  });

  it('holds changes when the controls cannot be read', async () => {
    const seen = await look(ports({ controls: { read: failing } }), settings);
    expect(seen.controls).toEqual({ kind: 'unreadable', because: 'throttled' });
  });

  it('says null of images and listeners it cannot read', async () => {
    const { standing: seen } = await look(
      ports({ images: { resolve: failing, gone: failing }, audience: { confirmed: failing } }),
      settings,
    );
    expect(seen.listeners).toBeNull();
    expect(seen.resolves).toEqual({ 'checkout:42': null, 'checkout:41': null });
    expect(seen.imagesGone).toEqual([]);
  });

  it('says what guardrails need to know beyond the service and its targets', async () => {
    const { standing: seen } = await look(ports(), settings);
    expect(seen).toMatchObject({ routing: routing(), stack: 'UPDATE_COMPLETE', scaling: [] });
    expect(seen.protection).toEqual(Object.fromEntries(facts.tasks.map(({ task }) => [task.task, false])));
  });

  it('does not know what of that cannot be read', async () => {
    const { standing: seen } = await look(
      ports({
        routing: { groups: failing },
        protection: { of: failing },
        stacks: { status: failing },
        scaling: { activities: failing },
      }),
      settings,
    );
    expect(seen).toMatchObject({ routing: null, protection: {}, stack: null, scaling: null });
  });

  it('reads of that only what is asked for, and knows nothing of the rest', async () => {
    const asked: string[] = [];
    const noting = (read: string) => async () => {
      asked.push(read);
      throw new Error('not now');
    };
    const some = ports({
      routing: { groups: noting('routing') },
      protection: { of: noting('protection') },
      stacks: { status: noting('stacks') },
      scaling: { activities: noting('scaling') },
    });
    const { standing: seen } = await look(some, settings, []);
    expect(asked).toEqual([]);
    expect(seen).toMatchObject({ routing: null, protection: {}, stack: null, scaling: null });
    await look(some, settings, ['stacks', 'protection']);
    expect(asked.sort()).toEqual(['protection', 'stacks']);
    asked.length = 0;
    await look(some, settings);
    expect(asked.sort()).toEqual(['protection', 'routing', 'scaling', 'stacks']);
  });

  it('asks for the protection of running tasks only, and not at all where none runs', async () => {
    const asked: unknown[] = [];
    const protection = {
      of: async (_: unknown, tasks: readonly { readonly task: string }[]) => {
        asked.push(tasks.map(({ task }) => task));
        return {};
      },
    };
    const [first, ...others] = facts.tasks;
    const tasks = [...(first === undefined ? [] : [{ ...first, status: 'stopping' as const }]), ...others];
    await look(ports({ protection, services: { describe: async () => ({ ...facts, tasks }) } }), settings);
    await look(ports({ protection, services: { describe: async () => ({ ...facts, tasks: [] }) } }), settings);
    expect(asked).toEqual([others.map(({ task }) => task.task)]);
  });

  it('rejects when targets or service cannot be read', async () => {
    await expect(look(ports({ targets: { health: failing } }), settings)).rejects.toThrow('throttled');
    await expect(look(ports({ services: { describe: failing } }), settings)).rejects.toThrow('throttled');
  });

  it('asks only for images that are named by a tag', async () => {
    const asked: (readonly string[])[] = [];
    const pinned = deployment(42, {
      images: [{ container: 'app', image: 'checkout@sha256:abc', digest: 'sha256:abc' }],
    });
    const deployments = [pinned, ...[41, 40, 39, 38, 37, 36].map((n) => deployment(n))];
    const { standing: seen } = await look(
      ports({
        services: { describe: async () => ({ ...facts, deployments }) },
        images: {
          resolve: async (images) => {
            asked.push(images);
            return {};
          },
          gone: async () => [],
        },
      }),
      settings,
    );
    expect(asked).toEqual([['checkout:41', 'checkout:40', 'checkout:39', 'checkout:38']]);
    expect(seen.resolves['checkout@sha256:abc']).toBe('sha256:abc');
  });

  it('asks whether the images are there which no tag brings any more, each once', async () => {
    const asked: (readonly string[])[] = [];
    const deployments = [44, 43, 42, 42].map((n) => deployment(n));
    const undigested = deployment(41, { images: [{ container: 'app', image: 'checkout:41', digest: null }] });
    const { standing: seen } = await look(
      ports({
        services: { describe: async () => ({ ...facts, deployments: [...deployments, undigested] }) },
        images: {
          resolve: async () => ({ 'checkout:44': 'sha256:44', 'checkout:43': 'sha256:moved', 'checkout:42': null }),
          gone: async (images) => {
            asked.push(images);
            return ['checkout@sha256:42'];
          },
        },
      }),
      settings,
    );
    expect(asked).toEqual([['checkout@sha256:43', 'checkout@sha256:42']]);
    expect(seen.imagesGone).toEqual(['checkout@sha256:42']);
  });

  it('keeps the comparison of the load balancer to itself when that sense is off', async () => {
    const senses: Sense[] = ['task-logs'];
    const { standing: seen } = await look(ports(), { ...settings, senses });
    expect(seen.targets.map(({ anomaly }) => anomaly)).toEqual([null, null]);
  });
});
