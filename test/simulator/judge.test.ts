import { describe, expect, it } from 'vitest';
import type { Message } from '../../lambdas/model/message.ts';
import { endlessIncidents, messageViolations } from '../../lib/simulator/judge.ts';
import type { IncidentResult } from '../../lib/simulator/result.ts';
import { scenarioFrom } from '../scenarios/play-all.ts';

const published = (at: number, id = `m${at}`, topic = 'topic') => ({
  at,
  people: 1,
  message: { id, topic, dedupKey: 'incident' } as Message,
});

describe('messages', () => {
  it('may come one a second, twenty in ten minutes', () => {
    expect(
      messageViolations(
        Array.from({ length: 20 }, (_, n) => published(1000 * (n + 1))),
        0,
      ),
    ).toEqual([]);
    expect(
      messageViolations(
        Array.from({ length: 40 }, (_, n) => published(30_000 * (n + 1))),
        0,
      ),
    ).toEqual([]);
  });

  it('may not come as a flood', () => {
    const flood = Array.from({ length: 21 }, (_, n) => published(1000 * (n + 1)));
    expect(messageViolations(flood, 0)).toEqual(['topic got more than 20 messages within ten minutes.']);
    const apart = flood.map((each, n) => published(each.at, `m${n}`, n % 2 === 0 ? 'one' : 'other'));
    expect(messageViolations(apart, 0)).toEqual([]);
  });

  it('may not come twice, nor within a second of each other, unless a function died on the way', () => {
    expect(messageViolations([published(1000, 'm'), published(5000, 'm')], 0)).toHaveLength(1);
    expect(messageViolations([published(1000), published(1999)], 0)).toHaveLength(1);
    expect(messageViolations([published(1000, 'm'), published(1999, 'm')], 1)).toEqual([]);
  });
});

describe('incidents', () => {
  const { services } = scenarioFrom('s.yaml', 'name: s\nduration: 10m\nservices: { checkout: {} }\n');
  const open: IncidentResult = {
    id: 'i',
    service: 'checkout',
    diagnosis: null,
    outcome: 'open',
    openedAt: 60,
    closedAt: null,
    reason: null,
  };

  it('may be open at the end for as long as an incident may last', () => {
    expect(endlessIncidents([open], services, 60 + 65 * 60)).toEqual([]);
  });

  it('may not be left open for longer', () => {
    const sentence = 'The incident i of checkout is still open after 66 minutes.';
    expect(endlessIncidents([open], services, 60 + 66 * 60)).toEqual([sentence]);
    expect(endlessIncidents([{ ...open, outcome: 'handed-over' }], services, 60 + 66 * 60)).toEqual([]);
  });
});
