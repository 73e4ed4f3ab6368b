import { describe, expect, it } from 'vitest';
import type { Line, Message } from '../../../lambdas/model/message.ts';
import { summary } from '../../../lambdas/pipeline/notify/summary.ts';
import { SimulatedNotifier } from '../../../lib/simulator/adapters/notifier.ts';
import { message, t0 } from './build.ts';

const limit = { most: 20, window: { minutes: 10 } };

const line = (id: string, service: string, change: Partial<Message> = {}): Line => {
  const { topic: _topic, body: _body, ...rest } = message(id, service, change);
  return rest;
};
const summed = (lines: readonly Line[]) => summary(lines, 'topic', t0, limit, null);
const handedOver = { kind: 'handed-over', severity: 'critical', status: 'update' } as const;
const recovered = { kind: 'recovered', severity: 'info', status: 'resolve' } as const;

describe('a summary', () => {
  const few = [
    line('a', 'search', { ...recovered, subject: 'search: 1 of 6 tasks slow, replaced - recovered in 8 min' }),
    line('b', 'cart'),
    line('c', 'billing', { ...handedOver, subject: 'billing: NEEDS YOU - all tasks suffer alike, nothing done' }),
    line('d', 'login', { severity: 'critical', subject: 'login: all tasks are down - incident opened' }),
  ];

  it('says in its subject how many need a person, are open and are over, and who needs one', () => {
    expect(summed(few).subject).toBe('4 incidents on 4 services: 1 NEEDS YOU, 2 open, 1 recovered - billing');
    expect(summed(few.slice(0, 1)).subject).toBe('1 incident on 1 service: 1 recovered');
  });

  it('names service, incident and status of each, the worst first', () => {
    expect(summed(few).body).toBe(
      [
        'SUMMARY',
        'Too much happens at once to tell it one by one. This is the newest of',
        'each incident, the worst first.',
        '',
        'NEED YOU',
        'billing: NEEDS YOU - all tasks suffer alike, nothing done',
        '  critical, update, incident-c',
        '',
        'OPEN',
        'login: all tasks are down - incident opened',
        '  critical, trigger, incident-d',
        'cart: something',
        '  warning, trigger, incident-b',
        '',
        'RECOVERED',
        'search: 1 of 6 tasks slow, replaced - recovered in 8 min',
        '  info, resolve, incident-a',
      ].join('\n'),
    );
  });

  it('has fields to sort it by: all incidents, the severity of the worst, one service or several', () => {
    expect(summed(few)).toMatchObject({
      kind: 'summary',
      severity: 'critical',
      status: 'update',
      service: 'several',
      dedupKey: 'incident-c,incident-d,incident-b,incident-a',
    });
    expect(summed(few.slice(0, 1))).toMatchObject({ service: 'search', severity: 'info', dedupKey: 'incident-a' });
  });

  it('tells of an incident once, its newest; one that recovered is not critical any more', () => {
    const asked = { kind: 'asked', severity: 'critical', status: 'update' } as const;
    const of = (id: string, change: Partial<Message> = {}) => line(id, 'cart', { ...change, dedupKey: 'incident' });
    const told = summed([of('1'), of('2', asked), of('3', recovered)]);
    expect(told).toMatchObject({ subject: '1 incident on 1 service: 1 recovered', severity: 'info' });
    expect(told.tells?.map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(summed([of('1'), of('2', asked)]).subject).toBe('1 incident on 1 service: 1 NEEDS YOU - cart');
    expect(summed([of('2', asked), of('3', { kind: 'asked', severity: 'info' })]).subject).toContain('1 open');
  });

  it('triggers an incident nobody has heard of yet, and does not trigger one again that is over', () => {
    const of = (id: string, change: Partial<Message> = {}) => line(id, 'cart', { ...change, dedupKey: 'incident' });
    expect(summed([of('1'), of('2', handedOver)]).body).toContain('critical, trigger, incident');
    expect(summed([of('2', handedOver)]).body).toContain('critical, update, incident');
    expect(summed([of('1'), of('3', recovered)]).body).toContain('info, resolve, incident');
  });

  it('tells of what an incident left behind beside its end', () => {
    const left = { kind: 'tasks-outside', severity: 'warning', status: 'update', dedupKey: 'incident' } as const;
    const told = summed([line('1', 'cart', { ...recovered, dedupKey: 'incident' }), line('2', 'cart', left)]);
    expect(told.subject).toBe('1 incident on 1 service: 1 NEEDS YOU, 1 recovered - cart');
    expect(told.dedupKey).toBe('incident');
  });

  it('begins each line with its service, also where the message was about several', () => {
    const told = summed([line('a', 'search', { ...handedOver, subject: 'NEEDS YOU - 3 services in trouble at once' })]);
    expect(told.body).toContain('\nsearch: NEEDS YOU - 3 services in trouble at once\n');
  });

  describe('of very many', () => {
    /** As long as everything in it may be. */
    const longest = (n: number, change: Partial<Message>): Line => {
      const id = `20260105-100420-${String(n).padStart(23, '0')}`;
      const service = `s-${String(n).padStart(38, '0')}`;
      return line(`${id}/1.diagnosis`, service, { subject: `${service}: ${'x'.repeat(57)}`, dedupKey: id, ...change });
    };
    const many = [
      ...Array.from({ length: 1_300 }, (_, n) => longest(n, { severity: 'critical' })),
      ...Array.from({ length: 100 }, (_, n) => longest(2_000 + n, handedOver)),
    ];

    it('fits into what SNS takes and leaves the rest, the least bad, to the next one', async () => {
      const told = summed(many);
      const notifier = new SimulatedNotifier({ now: () => t0 }, () => 1);
      await notifier.send(told);
      expect(notifier.published).toHaveLength(1);
      expect(Buffer.byteLength(told.body + told.dedupKey)).toBeGreaterThan(230_000);
      const ids = told.tells?.map(({ id }) => id) ?? [];
      expect(ids).toHaveLength(1_200);
      expect(ids.slice(0, 100)).toEqual(many.slice(1_300).map(({ id }) => id));
      expect(told.body).toContain('200 more incidents did not fit and will be in the next summary.');
      const rest = summed(many.filter(({ id }) => !ids.includes(id)));
      expect(rest.dedupKey.split(',')).toHaveLength(200);
      expect(rest.body).not.toContain('did not fit');
    });
  });
});
