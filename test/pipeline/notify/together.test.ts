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
      subject: '3 services in trouble at once: checkout, service-0, service-1',
      dedupKey: [own, ...others(2)].map(({ incident }) => incident).join(','),
      tells: [own, ...others(2)].map(({ service, incident }) => ({
        id: `${incident}/opened together`,
        service,
        dedupKey: incident,
      })),
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
    const tells = message.tells ?? [];
    const second = { ...message, id: tells[1]?.id ?? '', tells: tells.toReversed() };
    const empty = { sent: [], pending: [] };
    const limit = { most: 20, window: { minutes: 10 } };

    it('the others are not sent', () => {
      const sent = delivered(offer(empty, message, 0, limit).record, message, 10);
      expect(offer(sent, second, 20_000, limit).result).toEqual({ send: null, waitMillis: 0 });
      expect(offer(sent, { ...second, id: 'another' }, 20_000, limit).result.send).not.toBeNull();
    });

    it('the others do not wait beside it, and the summary tells of each', () => {
      const full = Array.from({ length: 19 }, (_, n) => ({ id: `${n}`, at: n, told: [`${n}`] }));
      const queued = offer({ sent: full, pending: [] }, message, 20_000, limit).record;
      expect(queued.pending.map(({ service }) => service)).toEqual(['checkout', 'service-0', 'service-1']);
      const both = offer(queued, second, 21_000, limit);
      expect(both.record.pending).toEqual(queued.pending);
      const { record, result } = flush(both.record, 'topic', 70_000, limit);
      expect(result).toMatchObject({ dedupKey: message.dedupKey });
      for (const { service, dedupKey } of tells)
        expect(result?.body).toMatch(
          new RegExp(`^${service}: 3 services in trouble.*\n  warning, trigger, ${dedupKey}$`, 'm'),
        );
      const told = delivered(record, result ?? message, 70_500);
      expect(offer(told, second, 80_000, limit).result).toEqual({ send: null, waitMillis: 0 });
    });

    it('those that join later wait once, and nobody who was told of waits again', () => {
      const sent = delivered(offer(empty, message, 0, limit).record, message, 10);
      const full = Array.from({ length: 18 }, (_, n) => ({ id: `${n}`, at: n, told: [`${n}`] }));
      const late = { id: 'late/opened together', service: 'late', dedupKey: 'late' };
      const third = { ...message, id: late.id, tells: [late, ...tells] };
      const { pending } = offer({ ...sent, sent: [...full, ...sent.sent] }, third, 20_000, limit).record;
      expect(pending.map(({ service }) => service)).toEqual(['late']);
    });
  });
});
