import { describe, expect, it } from 'vitest';
import { Api, type ApiFault } from '../../lib/simulator/api.ts';
import { VirtualClock } from '../../lib/simulator/clock.ts';
import { Random } from '../../lib/simulator/random.ts';

/** One call through an API with that fault: its answer, how often it was made, and how long it took. */
async function call(name: string, fault: ApiFault | null, seed = 1) {
  const clock = new VirtualClock(0);
  const api = new Api(clock, new Random(seed));
  if (fault !== null) api.faults.set({}, fault);
  let made = 0;
  const answer = api
    .way(name, async () => ++made)
    .then(
      () => 'done',
      (error: unknown) => String(error),
    )
    .then((says) => ({ says, took: clock.now() }));
  await clock.runUntil(60_000);
  return { ...(await answer), made };
}

const every = (kind: ApiFault['kind'], operations: string | null = null): ApiFault => ({ kind, operations, rate: 1 });

describe('the way to the AWS API', () => {
  it('lets a call through', async () => {
    expect(await call('targets.health', null)).toMatchObject({ says: 'done', made: 1 });
  });

  it('tries a read four times, each time later', async () => {
    const { says, made, took } = await call('targets.health', every('failed'));
    expect(says).toContain('ServiceUnavailable: targets.health failed 4 times.');
    expect(made).toBe(0);
    expect(took).toBeGreaterThan(500);
  });

  it('never makes a change twice, and may lose the answer of one that was made', async () => {
    const calls = await Promise.all([1, 2, 3, 4, 5, 6].map((seed) => call('change.stopTask', every('failed'), seed)));
    expect(calls.every(({ says }) => says.includes('got no answer'))).toBe(true);
    expect(new Set(calls.map(({ made }) => made))).toEqual(new Set([0, 1]));
  });

  it('changes nothing when a change is throttled', async () => {
    expect(await call('change.stopTask', every('throttled'))).toMatchObject({ made: 0 });
  });

  it('hits the calls that are named, and the stores of Paramedic only then', async () => {
    expect(await call('services.describe', every('failed', 'targets'))).toMatchObject({ made: 1 });
    expect(await call('ledger.append', every('failed'))).toMatchObject({ says: 'done', made: 1 });
    expect(await call('ledger.append', every('failed', 'ledger'))).toMatchObject({ made: 0 });
    expect(await call('ledger.append', every('failed', 'ledger.claim'))).toMatchObject({ made: 1 });
  });
});
