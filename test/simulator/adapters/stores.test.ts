import { describe, expect, it } from 'vitest';
import type { Message } from '../../../lambdas/model/message.ts';
import { SimulatedControls } from '../../../lib/simulator/adapters/controls.ts';
import { SimulatedNotifier } from '../../../lib/simulator/adapters/notifier.ts';

const message: Message = {
  id: 'm',
  topic: 'topic',
  subject: 'checkout: recovered',
  body: 'All is well.',
  kind: 'recovered',
  service: 'checkout',
  severity: 'info',
  dedupKey: 'incident',
  status: 'resolve',
};

describe('the simulated pause items', () => {
  const at = (now: number) => new SimulatedControls({ now: () => now });

  it('pause everything or one service, until their time has come', () => {
    const controls = at(0);
    controls.pause('checkout', { by: 'ann', why: 'a test', until: 1000 });
    expect(controls.state('checkout', 999)).toMatchObject({ kind: 'paused', scope: 'service', by: 'ann' });
    expect(controls.state('checkout', 1000)).toEqual({ kind: 'running' });
    expect(controls.state('cart', 0)).toEqual({ kind: 'running' });
    controls.pause(null, { by: 'bob', why: 'a test', until: null });
    expect(controls.state('cart', 0)).toMatchObject({ kind: 'paused', scope: 'everything' });
    controls.resume(null);
    expect(controls.state('cart', 0)).toEqual({ kind: 'running' });
  });

  it('cannot be read when the table does not answer', async () => {
    const controls = at(0);
    controls.setReadable(false);
    await expect(controls.read('checkout')).rejects.toThrow('could not be read');
    expect(controls.state('checkout', 0).kind).toBe('unreadable');
  });
});

describe('the simulated topic', () => {
  const notifier = () => new SimulatedNotifier({ now: () => 5 }, () => 2);

  it('keeps what was published, with time and listeners', async () => {
    const topic = notifier();
    await topic.send(message);
    expect(topic.published).toEqual([{ at: 5, message, people: 2 }]);
  });

  it.each([
    ['a subject of 100 characters', { subject: 'x'.repeat(100) }],
    ['an empty subject', { subject: '' }],
    ['a subject with a line break', { subject: 'a\nb' }],
    ['a subject with a control character', { subject: 'a\u0007b' }],
    ['an empty body', { body: '' }],
    ['a body of more than 256 KB in UTF-8', { body: 'é'.repeat(131_073) }],
    ['a body of 256 KB, with which the attributes come to more', { body: 'x'.repeat(262_144) }],
  ])('refuses %s, as SNS does', async (_, change) => {
    const topic = notifier();
    await expect(topic.send({ ...message, ...change })).rejects.toThrow('InvalidParameter');
    expect(topic.published).toEqual([]);
  });
});
