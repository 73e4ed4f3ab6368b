import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detect, type Routes } from '../../../lambdas/pipeline/detect/detect.ts';
import { alarmEvent, anyEvent } from './events.ts';

const routes: Routes = {
  pipeline: 'prod',
  services: ['checkout', 'search'],
  owned: [
    { service: 'checkout', alarm: 'Checkout is slow', match: 'exact', kind: 'latency' },
    { service: 'search', alarm: 'search-', match: 'prefix', kind: 'errors' },
  ],
};
const ours = 'paramedic/prod/checkout/latency';
const seen = (event: unknown, given: Routes = routes) => detect(event, given);
const why = (event: unknown, given: Routes = routes) => {
  const found = seen(event, given);
  return 'ignored' in found ? found.ignored : 'a signal';
};

describe('an alarm of ours', () => {
  it('that fires is a firing signal of its service, at the time its state changed', () => {
    expect(seen(alarmEvent(ours))).toEqual({
      id: `${ours}@${Date.UTC(2026, 0, 5, 10, 0, 0, 250)}`,
      service: 'checkout',
      kind: 'latency',
      alarm: ours,
      state: 'firing',
      at: Date.UTC(2026, 0, 5, 10, 0, 0, 250),
      source: 'cloudwatch-alarm',
      says: 'Threshold Crossed',
    });
  });

  it('is dated by the offset it gives, with or without a colon, or by Z', () => {
    for (const timestamp of [
      '2026-01-05T11:00:00.250+0100',
      '2026-01-05T11:00:00.250+01:00',
      '2026-01-05T10:00:00.250Z',
    ]) {
      expect(seen(alarmEvent(ours, { timestamp }))).toMatchObject({ at: Date.UTC(2026, 0, 5, 10, 0, 0, 250) });
    }
  });

  it('that is OK again is a resolved signal', () => {
    expect(seen(alarmEvent(ours, { value: 'OK' }, { value: 'ALARM' }))).toMatchObject({ state: 'resolved' });
  });

  it('has the same id however often the event comes, and another one for every change', () => {
    const again = { ...alarmEvent(ours), id: 'another delivery', time: '2026-01-05T10:03:00Z' };
    const later = alarmEvent(ours, { timestamp: '2026-01-05T10:09:00.000+0000' });
    expect(seen(again)).toEqual(seen(alarmEvent(ours)));
    expect(seen(later)).not.toMatchObject({ id: (seen(alarmEvent(ours)) as { id: string }).id });
  });

  it('for the second target group stands for the same kind', () => {
    expect(seen(alarmEvent('paramedic/prod/checkout/no-capacity-2'))).toMatchObject({ kind: 'no-capacity' });
  });

  it('that is a composite one is a combined signal that names what caused it', () => {
    const reasonData = JSON.stringify({
      triggeringAlarms: [
        { arn: 'arn:aws:cloudwatch:eu-central-1:123456789012:alarm:Disk: full', state: { value: 'ALARM' } },
        { arn: 'arn:aws:cloudwatch:eu-central-1:123456789012:alarm:Cpu', state: { value: 'OK' } },
      ],
    });
    const event = alarmEvent(
      'paramedic/prod/checkout/customers-suffer',
      { reasonData },
      {},
      {
        configuration: { alarmRule: 'ALARM("Disk: full") OR ALARM(Cpu)' },
      },
    );
    expect(seen(event)).toMatchObject({ kind: 'combined', says: 'Threshold Crossed Caused by Disk: full.' });
  });

  it('with unreadable reason data is a signal all the same', () => {
    for (const reasonData of [
      '{"triggeringAlarms":',
      '[]',
      '{"triggeringAlarms":[{"arn":7}]}',
      7,
      'x'.repeat(30_000),
    ]) {
      expect(seen(alarmEvent(ours, { reasonData }))).toMatchObject({ says: 'Threshold Crossed' });
    }
  });

  it('of another pipeline, or of one whose name begins alike, is left to that one', () => {
    expect(why(alarmEvent('paramedic/test/checkout/latency'))).toBe('other-pipeline');
    expect(why(alarmEvent('paramedic/prod-2/checkout/latency'))).toBe('other-pipeline');
  });

  it('of a service that is not configured is refused, and the answer names those that are', () => {
    expect(seen(alarmEvent('paramedic/prod/billing/latency'))).toMatchObject({
      ignored: 'unknown-service',
      understood: true,
      service: 'billing',
      says: 'The service "billing" is not configured; configured: checkout, search.',
    });
  });

  it('of any service counts where the configured services are not known', () => {
    const anyService = { ...routes, services: null };
    expect(seen(alarmEvent('paramedic/prod/billing/latency'), anyService)).toMatchObject({ service: 'billing' });
  });

  it('whose names could not have been made by us is not one of ours', () => {
    for (const name of [
      'paramedic/prod/Check Out/latency',
      'paramedic/prod//latency',
      'paramedic-self/prod/x',
      'paramedic/prod/checkout/latency/x',
    ]) {
      expect(why(alarmEvent(name))).toBe('not-our-alarm');
    }
  });
});

describe("a team's own alarm", () => {
  it('counts when it is listed by its exact name or by a prefix, as the kind it is listed with', () => {
    expect(seen(alarmEvent('Checkout is slow'))).toMatchObject({ service: 'checkout', kind: 'latency' });
    expect(seen(alarmEvent('search-5xx'))).toMatchObject({ service: 'search', kind: 'errors', alarm: 'search-5xx' });
  });

  it('does not count when it is not listed', () => {
    expect(why(alarmEvent('Checkout is slower'))).toBe('not-our-alarm');
  });
});

describe('a change that asks for nothing', () => {
  it('is one of a muted alarm', () => {
    const muteDetail = {
      mutedByArn: 'arn:aws:cloudwatch:eu-central-1:123456789012:alarm-mute-rule:Sunday',
      muteWindowEnd: '2026-01-05T12:00:00.000+0000',
    };
    expect(seen(alarmEvent(ours, {}, {}, { muteDetail }))).toMatchObject({
      ignored: 'muted',
      service: 'checkout',
      kind: 'latency',
      state: 'firing',
      says: expect.stringContaining('muted by "Sunday" until 2026-01-05T12:00:00.000Z'),
    });
  });

  it('is one whose actions are suppressed', () => {
    expect(why(alarmEvent(ours, { actionsSuppressedBy: 'WaitPeriod' }))).toBe('actions-suppressed');
  });

  it('is too little data, whatever the state was before', () => {
    expect(why(alarmEvent(ours, { value: 'INSUFFICIENT_DATA' }, { value: 'ALARM' }))).toBe('insufficient-data');
  });

  it('is the same state again', () => {
    expect(why(alarmEvent(ours, {}, { value: 'ALARM' }))).toBe('no-change');
    expect(why(alarmEvent(ours, { value: 'OK' }, { value: 'OK' }))).toBe('no-change');
  });

  it('is not the same state again after a suppression has ended', () => {
    const lifted = alarmEvent(ours, {}, { value: 'ALARM', actionsSuppressedBy: 'WaitPeriod' });
    expect(why(lifted)).toBe('a signal');
  });

  it('is not an OK while muted or suppressed: an open incident may wait for it', () => {
    const ok = { value: 'OK', actionsSuppressedBy: 'ExtensionPeriod' };
    expect(why(alarmEvent(ours, ok, { value: 'ALARM' }))).toBe('a signal');
    expect(why(alarmEvent(ours, { value: 'OK' }, { value: 'ALARM' }, { muteDetail: {} }))).toBe('a signal');
  });
});

describe('an event that is not about an alarm changing its state', () => {
  it('is understood and opens nothing when it comes from ECS or tells of an alarm being edited', () => {
    for (const event of [
      anyEvent('aws.ecs', 'ECS Deployment State Change', {
        eventName: 'SERVICE_DEPLOYMENT_FAILED',
        reason: 'circuit breaker.',
      }),
      anyEvent('aws.ecs', 'ECS Task State Change', { group: 'service:checkout', lastStatus: 'STOPPED' }),
      anyEvent('aws.ecs', 'ECS Service Action'),
      anyEvent('aws.cloudwatch', 'CloudWatch Alarm Configuration Change', { alarmName: ours, operation: 'delete' }),
      anyEvent('aws.cloudwatch', 'CloudWatch Alarm Contributor State Change', { alarmName: ours }),
    ]) {
      expect(seen(event)).toMatchObject({ ignored: 'informational', understood: true });
    }
  });

  it('of ECS is told in words', () => {
    const failed = anyEvent('aws.ecs', 'ECS Deployment State Change', {
      eventName: 'SERVICE_DEPLOYMENT_FAILED',
      reason: 'circuit breaker.',
    });
    expect(seen(failed)).toMatchObject({
      says: 'A deployment of "checkout": service deployment failed (circuit breaker). By itself this opens nothing.',
    });
  });

  it('is not understood when its type or its source is unknown', () => {
    expect(seen(anyEvent('aws.ecs', 'toString'))).toMatchObject({ ignored: 'other-detail-type', understood: false });
    expect(seen(anyEvent('aws.cloudwatch', 'x'))).toMatchObject({ ignored: 'other-detail-type', understood: false });
    expect(seen(anyEvent('aws.codedeploy', 'x'))).toMatchObject({ ignored: 'other-source', understood: false });
    expect(why(anyEvent('my.own', 'CloudWatch Alarm State Change'))).toBe('other-source');
  });
});

describe('what is no event', () => {
  it('is told apart in one sentence', () => {
    const sentences = [null, 7, 'text', [], {}, { Records: [] }, { awslogs: {} }, alarmEvent('')].map((each) =>
      seen(each),
    );
    for (const each of sentences) {
      expect(each).toMatchObject({
        ignored: 'not-an-event',
        understood: false,
        says: expect.stringMatching(/^\S.*\.$/),
      });
    }
  });

  it('is an alarm event without a usable name, state or time', () => {
    const events = [
      alarmEvent(ours, { value: 'ALARMED' }),
      alarmEvent(ours, { timestamp: 'yesterday' }),
      alarmEvent(ours, { timestamp: '2026-13-45T10:00:00.000+0000' }),
      alarmEvent('x'.repeat(256)),
      anyEvent('aws.cloudwatch', 'CloudWatch Alarm State Change', { alarmName: ours }),
    ];
    for (const event of events) expect(why(event)).toBe('not-an-event');
  });
});

describe('words from outside', () => {
  it('lose control characters and length before they are passed on', () => {
    const reason = `bell \u0007 break \r\n escape \u001b[31m ${'x'.repeat(5000)}`;
    const { says } = seen(alarmEvent(ours, { reason }));
    expect(says).toMatch(/^[ -~]{1,300}$/);
    const { says: refused } = seen(alarmEvent(`evil\u001b[2J\n${'y'.repeat(200)}`));
    expect(refused).toMatch(/^[ -~]+$/);
    expect(refused.length).toBeLessThan(300);
  });
});

describe('detect', () => {
  it('never throws and always answers in one printable line', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }), (thing) => {
        expect(seen(thing).says).toMatch(/^[ -~]+$/);
      }),
      { numRuns: 300 },
    );
  });

  it('never throws on an alarm event with anything in any of its fields', () => {
    const detail = fc.record(
      { alarmName: fc.anything(), state: fc.anything(), previousState: fc.anything(), muteDetail: fc.anything() },
      { requiredKeys: [] },
    );
    const state = fc.record(
      {
        value: fc.constantFrom('ALARM', 'OK', null),
        timestamp: fc.anything(),
        reason: fc.anything(),
        reasonData: fc.anything(),
        actionsSuppressedBy: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(detail, state, fc.boolean(), (given, odd, named) => {
        const event = named
          ? alarmEvent(ours, odd, odd, { muteDetail: given.muteDetail })
          : anyEvent('aws.cloudwatch', 'CloudWatch Alarm State Change', given);
        expect(seen(event).says).toMatch(/^[ -~]+$/);
      }),
      { numRuns: 300 },
    );
  });
});
