import type { Order } from '../../../lambdas/model/order.ts';
import type { Deed } from '../../../lib/simulator/deed.ts';
import type { RunRecord } from '../../../lib/simulator/run-record.ts';
import type { Scenario } from '../../../lib/simulator/scenario.ts';
import { Play } from '../../../lib/simulator/simulate.ts';
import type { ServiceSpec } from '../../../lib/simulator/world/service-spec.ts';
import { scenarioFrom, scenarioNamed } from '../../scenarios/play-all.ts';

/** An account in which nothing happens by itself, or with what it does. */
const quiet = { deployedBy: 'scripts', reregisters: null, sidecar: false } as const;
type Does = Partial<ServiceSpec['account']>;

/** Plays a small service with these faults and gives the record of it. */
export const recordWith = (duration: string, ...faults: readonly string[]): Promise<RunRecord> =>
  recordIn({}, duration, ...faults);

/** The same in an account that does something by itself. */
export const recordIn = (account: Does, duration: string, ...faults: readonly string[]): Promise<RunRecord> =>
  played(
    scenarioFrom(
      'record.yaml',
      `
name: record
duration: ${duration}
services:
  checkout:
    tasks: 4
    traffic: 40/s
    capacityPerTask: 40/s
faults:
${faults.map((fault) => `  - ${fault}`).join('\n')}
`,
    ),
    account,
  );

export const recordOfScenario = (name: string, without?: string): Promise<RunRecord> =>
  played(scenarioNamed(name), {}, without);

async function played(written: Scenario, account: Does, without?: string): Promise<RunRecord> {
  const services = written.services.map((spec) => ({ ...spec, account: { ...spec.account, ...quiet, ...account } }));
  const scenario = { ...written, services };
  const play = new Play(scenario, { seed: 1, without });
  await play.until(scenario.duration);
  return play.record;
}

/** The record as it would be had the change of that kind been made like this. */
export const withDeed = (
  record: RunRecord,
  change: Deed['change'],
  altered: (deed: Deed) => Partial<Deed>,
): RunRecord => ({
  ...record,
  deeds: record.deeds.map((deed) => (deed.change === change ? { ...deed, ...altered(deed) } : deed)),
});

/** The deed as it would be had its order been written like this. */
export const orderedAs = (deed: Deed, altered: (order: Order) => Partial<Order>): Partial<Deed> =>
  deed.written === undefined
    ? {}
    : { written: { ...deed.written, order: { ...deed.written.order, ...altered(deed.written.order) } } };

/** The deed under other limits. */
export const limitedTo = (deed: Deed, limits: Partial<Order['settings']['limits']>): Partial<Deed> =>
  orderedAs(deed, ({ settings }) => ({ settings: { ...settings, limits: { ...settings.limits, ...limits } } }));
