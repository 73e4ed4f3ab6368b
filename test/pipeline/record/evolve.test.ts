import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '../../../lambdas/model/ledger-entry.ts';
import { evolve, fold, initial } from '../../../lambdas/pipeline/record/evolve.ts';
import { done, minutes, now, refused, settings, sickTarget, sickTask, undetermined, unknown } from '../build.ts';
import {
  checked,
  completed,
  condemned,
  denied,
  diagnosed,
  handedOver,
  held,
  ignored,
  opened,
  received,
  recovered,
  released,
  signal,
  started,
  tried,
  withheld,
} from './entries.ts';

const later = (n: number) => now + minutes(n);

describe('an incident', () => {
  it('knows nothing before its first entry', () => {
    expect(fold([])).toEqual(initial);
  });

  it('keeps the settings it was opened with', () => {
    expect(fold([opened()]).settings).toEqual(settings());
  });

  it('has the newest diagnosis and its time', () => {
    const sick = sickTarget(sickTask(1));
    expect(fold([diagnosed(undetermined, now), diagnosed(sick, later(1))])).toMatchObject({
      diagnosis: sick,
      diagnosedAt: later(1),
    });
  });

  it('has no outcome until it ends, and then keeps it', () => {
    expect(fold([opened()]).outcome).toBeNull();
    expect(fold([opened(), recovered()]).outcome).toBe('recovered');
    expect(fold([opened(), handedOver(), released()]).outcome).toBe('handed-over');
    expect(fold([opened(), handedOver(), recovered()]).outcome).toBe('handed-over');
  });

  it('names each rung that was tried once', () => {
    expect(fold([tried('a'), tried('b'), tried('a')]).triedRungs).toEqual(['a', 'b']);
  });

  it('is not changed by what does not concern its course', () => {
    const state = fold([opened(), received(signal('errors', 'firing'))]);
    for (const entry of [condemned(42, now), released(), ignored()]) expect(evolve(state, entry)).toBe(state);
  });
});

describe('signals', () => {
  it('are counted one by one, and the newest of each alarm is kept', () => {
    const state = fold([
      received(signal('errors', 'firing', now)),
      received(signal('latency', 'firing', now)),
      received(signal('errors', 'resolved', later(3))),
    ]);
    expect(state.signalsSeen).toBe(3);
    expect(state.signals.map((s) => [s.kind, s.state])).toEqual([
      ['errors', 'resolved'],
      ['latency', 'firing'],
    ]);
  });

  it('that were overtaken on their way count, but change no state', () => {
    const state = fold([received(signal('errors', 'resolved', later(3))), received(signal('errors', 'firing', now))]);
    expect(state).toMatchObject({ signalsSeen: 2, signals: [{ state: 'resolved' }] });
  });

  it('of two alarms of one kind are told apart', () => {
    const first = signal('errors', 'firing', now, 'errors');
    const second = signal('errors', 'resolved', later(1), 'errors-2');
    expect(fold([received(first), received(second)]).signals).toEqual([first, second]);
  });

  it('end up the same in whatever order they arrive', () => {
    const states = fc.uniqueArray(fc.tuple(fc.constantFrom('errors', 'latency'), fc.nat(50)), { maxLength: 8 });
    const property = fc.property(states, fc.infiniteStream(fc.nat(7)), (given, random) => {
      const entries = given.map(([alarm, at]) =>
        received(signal(alarm as 'errors', at % 2 === 0 ? 'firing' : 'resolved', at)),
      );
      const shuffled = entries
        .map((entry) => ({ entry, rank: random.next().value }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ entry }) => entry);
      const states = (all: readonly LedgerEntry[]) => new Set(fold(all).signals.map((s) => s.id));
      expect(states(shuffled)).toEqual(states(entries));
      expect(fold(shuffled).signalsSeen).toBe(given.length);
    });
    fc.assert(property);
  });
});

describe('attempts', () => {
  it('begin with the order, and are amended by result and check', () => {
    expect(fold([started('1', now)]).attempts).toMatchObject([
      { order: { id: '1' }, startedAt: now, result: null, resultAt: null, check: null },
    ]);
    const entries = [started('1', now), completed('1', done(later(1)), later(1)), checked('1', 'helped', later(4))];
    expect(fold(entries).attempts).toMatchObject([
      { result: { kind: 'done' }, resultAt: later(1), check: 'helped', startedAt: now },
    ]);
  });

  it('are not made of refused orders', () => {
    const entries = [started('1', now), started('2', now), completed('1', refused, later(1))];
    expect(fold(entries).attempts.map((a) => a.order.id)).toEqual(['2']);
  });

  it('whose answer was lost are settled later, either way', () => {
    const lost = [started('1', now), completed('1', unknown, later(2))];
    expect(fold(lost).attempts).toMatchObject([{ result: { kind: 'unknown' } }]);
    expect(fold([...lost, completed('1', done(later(3)), later(3))]).attempts).toMatchObject([
      { result: { kind: 'done' }, resultAt: later(3) },
    ]);
    expect(fold([...lost, completed('1', refused, later(3))]).attempts).toEqual([]);
  });

  it('once done stay done', () => {
    const entries = [started('1', now), completed('1', done(later(1)), later(1))];
    for (const result of [unknown, refused])
      expect(fold([...entries, completed('1', result, later(2))]).attempts).toMatchObject([
        { result: { kind: 'done' } },
      ]);
  });

  it('are not affected by results and checks of orders nobody knows', () => {
    const state = fold([started('1', now)]);
    expect(fold([started('1', now), completed('9', done(now), now), checked('9', 'worse')]).attempts).toEqual(
      state.attempts,
    );
  });

  it('begin once, however often they are told', () => {
    expect(fold([started('1', now), started('1', later(1))]).attempts).toMatchObject([{ startedAt: now }]);
  });
});

describe('the fold', () => {
  const pool: readonly LedgerEntry[] = [
    opened(),
    received(signal('errors', 'firing', now)),
    received(signal('errors', 'resolved', later(2))),
    received(signal('latency', 'firing', later(1))),
    diagnosed(undetermined, now),
    diagnosed(sickTarget(sickTask(1)), later(1)),
    held(now),
    denied(now),
    withheld(now),
    started('1', now),
    completed('1', unknown, now),
    completed('1', done(now), later(1)),
    checked('1', 'helped'),
    started('2', now),
    completed('2', refused, now),
    tried('a'),
    condemned(42, now),
    handedOver(),
    recovered(),
    released(),
    ignored(),
  ];
  const some = fc.shuffledSubarray([...pool]);

  it('of two parts is the second evolved from the fold of the first', () => {
    const property = fc.property(some, fc.nat(pool.length), (entries, cut) => {
      expect(entries.slice(cut).reduce(evolve, fold(entries.slice(0, cut)))).toEqual(fold(entries));
    });
    fc.assert(property);
  });

  it('counts an entry once, however often it was appended', () => {
    const property = fc.property(some, fc.infiniteStream(fc.nat(3)), (entries, random) => {
      const repeated = entries.flatMap((entry, i) => [
        entry,
        ...entries.slice(0, i + 1).slice(-random.next().value - 1),
      ]);
      expect(fold(repeated)).toEqual(fold(entries));
    });
    fc.assert(property);
  });

  it('leaves the entries as they are and survives a checkpoint', () => {
    const before = structuredClone(pool);
    const state = fold(pool);
    expect(pool).toEqual(before);
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });
});
