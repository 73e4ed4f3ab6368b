import { describe, expect, it } from 'vitest';
import type { EntryOf } from '../../../lambdas/model/ledger-entry.ts';
import type { HeldTogether } from '../../../lambdas/model/verdict.ts';
import { compose } from '../../../lambdas/pipeline/notify/compose.ts';
import { delivered, flush, offer } from '../../../lambdas/pipeline/notify/flood.ts';
import * as given from './build.ts';

const context = {
  incident: given.incident,
  settings: given.settings(),
  state: given.state(),
  undoable: [],
  operatorApi: given.operatorApi,
};
const own = { service: 'checkout', incident: given.incident.id };
const others = (count: number): readonly HeldTogether[] =>
  Array.from({ length: count }, (_, n) => ({ service: `service-${n}`, incident: `20260105-1004${n}-zzzz` }));
const says = '3 services in trouble at once; they share the load balancer app/shared/1.';

const held = (among: readonly HeldTogether[] | undefined): EntryOf<'ActionHeld'> => ({
  ...given.denied(given.deregister, ''),
  kind: 'ActionHeld',
  id: '1.held',
  ruling: given.ruling({
    kind: 'hold',
    reason: 'services.many',
    until: given.t0,
    says,
    ...(among === undefined ? {} : { among }),
  }),
});
const together = held([own, ...others(2)]);
const messageOf = (...entries: Parameters<typeof compose>[0]) => compose(entries, { ...context, story: entries });

describe('incidents that are held for one cause', () => {
  it('open with one message that names them all and what they share', () => {
    const [opened, ...more] = messageOf(given.diagnosed(), together);
    expect(more).toEqual([]);
    expect(opened).toMatchObject({
      kind: 'opened',
      status: 'trigger',
      severity: 'warning',
      service: 'several',
      services: ['checkout', 'service-0', 'service-1'],
      subject: '3 services in trouble at once: checkout, service-0, service-1',
      dedupKey: [own, ...others(2)].map(({ incident }) => incident).join(','),
      tells: others(2).map(({ incident }) => `${incident}/opened together`),
    });
    expect(opened?.body.replace(/\s+/g, ' ')).toContain('they share the load balancer app/shared/1.');
    for (const { service, incident } of [own, ...others(2)]) expect(opened?.body).toContain(`${service} (${incident})`);
  });

  it('are handed over with one message', () => {
    const [ended] = messageOf(together, given.handedOver({ reason: 'services.many', leftUndone: [] }));
    expect(ended).toMatchObject({
      kind: 'handed-over',
      status: 'update',
      severity: 'critical',
      id: `${own.incident}/handed over together`,
      subject: 'NEEDS YOU - 3 services in trouble at once, nothing done: checkout, service-0, service-1',
    });
  });

  it('are told of alone when nobody shares it, when it ends for another reason, or when something is left undone', () => {
    for (const entries of [
      [held([own]), given.handedOver({ reason: 'services.many', leftUndone: [] })],
      [held(undefined), given.handedOver({ reason: 'services.many', leftUndone: [] })],
      [together, given.handedOver({ reason: 'plan.exhausted', leftUndone: [] })],
      [together, given.handedOver({ reason: 'services.many', leftUndone: ['A task is out.'] })],
    ])
      expect(messageOf(...entries)[0]).toMatchObject({ service: 'checkout', dedupKey: own.incident });
  });

  describe('once one of them was told of', () => {
    const [first] = messageOf(given.diagnosed(), together);
    const message = first ?? given.message('none');
    const second = {
      ...message,
      id: message.tells?.[0] ?? '',
      tells: [message.id, ...(message.tells ?? []).slice(1)],
    };
    const empty = { sent: [], pending: [] };

    it('the others are not sent', () => {
      const sent = delivered(offer(empty, message, 0).record, message, 10);
      expect(offer(sent, second, 20_000).result).toEqual({ send: [], queued: false, waitMillis: 0 });
      expect(offer(sent, { ...second, id: 'another' }, 20_000).result.send).toHaveLength(1);
    });

    it('the others are not queued beside it, and the digest that tells of it tells of them', () => {
      const full = Array.from({ length: 10 }, (_, n) => ({ id: `${n}`, at: n, digest: false, delivered: true }));
      const queued = offer({ sent: full, pending: [] }, message, 20_000).record;
      const both = offer(queued, second, 21_000);
      expect(both.result.queued).toBe(true);
      expect(both.record.pending).toHaveLength(1);
      const { record, result } = flush(both.record, 'topic', 30_000);
      const [digest] = result.send;
      expect(digest).toMatchObject({ dedupKey: message.dedupKey });
      expect(digest?.body).toContain('SERVICES\ncheckout\nservice-0\nservice-1');
      const told = delivered(record, digest ?? message, 30_500);
      expect(offer(told, second, 60_000).result).toEqual({ send: [], queued: false, waitMillis: 0 });
    });
  });
});
