import { beforeEach, describe, expect, it } from 'vitest';
import type { Alarms } from '../../lambdas/ports/sweep.ts';

/** An account with one alarm that fires, `paramedic/PIPELINE/checkout/errors`, and others that do not. */
export type AlarmsUnderTest = {
  readonly alarms: Alarms;
  readonly pipeline: string;
  /** When it began to fire. */
  readonly since: number;
};

/** The laws everything that tells of alarms obeys; each world runs them against its own. */
export function describeAlarms(name: string, make: () => Promise<AlarmsUnderTest>): void {
  describe(`alarms: ${name}`, () => {
    let under: AlarmsUnderTest;
    let firing: string;
    beforeEach(async () => {
      under = await make();
      firing = `paramedic/${under.pipeline}/checkout/errors`;
    });
    const found = async (query: Parameters<Alarms['firing']>[0]) =>
      (await under.alarms.firing(query)).map((alarm) => alarm.name);

    it('are found by prefix when they fire, and say since when and why', async () => {
      const [alarm, ...more] = await under.alarms.firing({ prefix: `paramedic/${under.pipeline}/` });
      expect(more).toEqual([]);
      expect(alarm).toMatchObject({ name: firing, since: under.since, silenced: false });
      expect(alarm?.reason).not.toBe('');
    });

    it('are found by name, and no others', async () => {
      const quiet = `paramedic/${under.pipeline}/checkout/latency`;
      expect(await found({ names: [firing, quiet, 'nobody'] })).toEqual([firing]);
      expect(await found({ names: [quiet] })).toEqual([]);
    });

    it('are not found under the name of another pipeline', async () => {
      expect(await found({ prefix: `paramedic/${under.pipeline}-2/` })).toEqual([]);
    });
  });
}
