import { describe, expect, it } from 'vitest';
import { manyServices, ofType, pipelineTemplate } from '../stacks/synthesized.ts';
import { computed } from './metric-math-interpreter.ts';

type Query = {
  readonly Id: string;
  readonly Expression?: string;
  readonly MetricStat?: { Metric: { MetricName: string } };
};

describe('the alarm that nobody was told', () => {
  const alarm = ofType(pipelineTemplate(manyServices(1)), 'AWS::CloudWatch::Alarm').find(({ Properties }) =>
    String(Properties.AlarmName).includes('nobody-told'),
  );
  const queries = (alarm?.Properties.Metrics ?? []) as readonly Query[];
  const expression = queries.find(({ Expression }) => Expression !== undefined)?.Expression ?? '';
  const at = (counts: Readonly<Record<string, number>>) => {
    const inputs = queries.flatMap(({ Id, MetricStat }) =>
      MetricStat === undefined ? [] : [[Id, counts[MetricStat.Metric.MetricName] ?? null] as const],
    );
    return computed(expression, new Map(inputs));
  };

  it.each([
    [
      'fires when nothing of what was published was delivered',
      { NumberOfMessagesPublished: 1, NumberOfNotificationsDelivered: 0 },
      1,
    ],
    ['fires when nothing was ever delivered', { NumberOfMessagesPublished: 3 }, 1],
    ['is quiet when somebody got it', { NumberOfMessagesPublished: 1, NumberOfNotificationsDelivered: 1 }, 0],
    ['is quiet when only some of it arrived', { NumberOfMessagesPublished: 5, NumberOfNotificationsDelivered: 1 }, 0],
    ['is quiet when something old was delivered', { NumberOfNotificationsDelivered: 2 }, 0],
    ['has nothing to say when nothing was published', {}, null],
  ])('%s', (_, counts, value) => {
    expect(at(counts)).toBe(value);
  });
});
