import { describe, expect, it } from 'vitest';
import { simulatedAudience } from '../../../lib/simulator/adapters/audience.ts';
import { simulatedImages } from '../../../lib/simulator/adapters/images.ts';
import { simulatedMetrics } from '../../../lib/simulator/adapters/metrics.ts';
import { simulatedServices } from '../../../lib/simulator/adapters/services.ts';
import { Play, specOf, start } from '../world/play.ts';

async function ask<T>(play: Play, question: Promise<T>): Promise<T> {
  const [answer] = await Promise.all([question, play.clock.runUntil(play.clock.now() + 1000)]);
  return answer;
}

describe('what ECS says of a simulated service', () => {
  it('is what AWS says of a rolling service behind an ALB', async () => {
    const play = new Play();
    await play.until(60);
    const facts = await ask(play, simulatedServices(play.world).describe(play.service.spec.settings));
    expect(facts).toMatchObject({
      shape: { controller: 'ECS', strategy: 'ROLLING', scheduling: 'REPLICA', reachedBy: ['alb'] },
      desired: 6,
      running: 6,
      pending: 0,
      minimumHealthyPercent: 100,
      maximumPercent: 200,
      stopped: [],
    });
    expect(facts.tasks[0]).toMatchObject({
      task: {
        cluster: play.service.spec.settings.resources.cluster,
        task: expect.stringMatching(/^arn:aws:ecs:eu-central-1:123456789012:task\/[^/]+\/[0-9a-f]{32}$/),
      },
      taskDefinition: expect.stringMatching(/^arn:aws:ecs:eu-central-1:123456789012:task-definition\/[a-z]+:42$/),
      status: 'running',
      addresses: [{ id: expect.stringMatching(/^10(\.\d{1,3}){3}$/), port: null }],
    });
    expect(
      facts.deployments.map(({ status, taskDefinition }) => `${taskDefinition.split(':').at(-1)} ${status}`),
    ).toEqual(['42 successful', '41 successful']);
  });

  it('survives a checkpoint as it is', async () => {
    const play = new Play({ faults: [{ at: 10, kind: 'crash-task' }] });
    await play.until(60);
    const facts = await ask(play, simulatedServices(play.world).describe(play.service.spec.settings));
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
  });

  it('counts starting and stopping tasks as such, and lists stopped ones with their reason', async () => {
    const play = new Play({ faults: [{ at: 60, kind: 'deployment', revision: '43' }] });
    await play.until(66);
    const services = simulatedServices(play.world);
    const rolling = await ask(play, services.describe(play.service.spec.settings));
    expect(rolling.pending).toBe(6);
    expect(rolling.deployments[0]).toMatchObject({ status: 'in-progress', finishedAt: null, rolledBackTo: null });
    await play.until(200);
    const draining = await ask(play, services.describe(play.service.spec.settings));
    expect(draining.tasks.filter(({ status }) => status === 'stopping')).toHaveLength(6);
    await play.until(500);
    const done = await ask(play, services.describe(play.service.spec.settings));
    expect(done.stopped.map(({ code }) => code)).toEqual(Array(6).fill('ServiceSchedulerInitiated'));
  });
});

describe('image references', () => {
  it('resolve to what a tag means now; digests to themselves; strangers to null', async () => {
    const play = new Play({ faults: [{ at: 30, kind: 'image-moved', revision: '42' }] });
    const { release } = play.service.rollouts.wanted;
    const pinned = play.service.releases.of({ id: '50', pinned: true });
    const references = [release.image, pinned.image, 'elsewhere/thing:1'];
    const images = simulatedImages(play.world);
    expect(Object.values(await ask(play, images.resolve(references)))).toEqual([release.digest, pinned.digest, null]);
    await play.until(60);
    const moved = await ask(play, images.resolve(references));
    expect(moved[release.image]).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(moved[release.image]).not.toBe(release.digest);
  });
});

describe('metrics', () => {
  it('cover whole minutes, all equally long, per target group', async () => {
    const play = new Play();
    await play.until(330);
    const { settings } = play.service.spec;
    const symptoms = await ask(play, simulatedMetrics(play.world).recent(settings, 10));
    expect(symptoms.minutes).toBe(10);
    expect((symptoms.until - start) % 60_000).toBe(0);
    expect(play.clock.now() - symptoms.until).toBeGreaterThan(44_000);
    expect(symptoms.groups.map(({ targetGroup }) => targetGroup)).toEqual(settings.resources.targetGroups);
    for (const values of Object.values({ ...symptoms.groups[0]?.series, ...symptoms.service })) {
      expect(values).toHaveLength(10);
    }
  });
});

describe('the audience', () => {
  it('is everybody who listens to a topic, and nobody once the subscriptions are lost', async () => {
    const play = new Play({
      specs: [specOf('checkout', { listeners: 3 })],
      faults: [{ at: 30, kind: 'subscription-lost' }],
    });
    const audience = simulatedAudience(play.world);
    const { topic } = play.service.spec.settings;
    expect(await ask(play, audience.confirmed(topic))).toBe(3);
    await play.until(60);
    expect(await ask(play, audience.confirmed(topic))).toBe(0);
  });
});
