import { describe, expect, it } from 'vitest';
import { awsOwnAlarms } from '../../lambdas/aws/own-alarms.ts';
import { ownAlarmLists } from '../../lambdas/contract/own-alarm-list.ts';

const alarms = Array.from({ length: 100 }, (_, n) => ({
  service: 'checkout',
  alarm: `${'a'.repeat(80)}-${n}`,
  match: 'exact' as const,
  kind: 'errors' as const,
}));
const published = new Map(ownAlarmLists(alarms).map((text, list) => [`/paramedic/prod/_signals/${list}`, text]));
const reader = async (name: string) => published.get(name);

describe("the teams' own alarms", () => {
  it('are read from as many parameters as the stack has published', async () => {
    expect(published.size).toBeGreaterThan(1);
    expect(await awsOwnAlarms('prod', published.size, reader).all()).toEqual(alarms);
  });

  it('are none where there is no parameter', async () => {
    expect(await awsOwnAlarms('prod', 0, () => Promise.reject(new Error('not asked'))).all()).toEqual([]);
  });

  it('cannot be read when one is missing', async () => {
    const all = awsOwnAlarms('prod', published.size + 1, reader).all();
    await expect(all).rejects.toThrow(`There is no parameter /paramedic/prod/_signals/${published.size}`);
  });
});
