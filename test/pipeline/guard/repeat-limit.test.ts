import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PastAct } from '../../../lambdas/model/incident-state.ts';
import { repeatLimit } from '../../../lambdas/pipeline/guard/repeat-limit.ts';
import { act, guardFacts, history, hours, minutes, now, onTask, refused, settings } from '../build.ts';
import { says } from './expect-verdict.ts';

const check = (...acts: readonly PastAct[]) =>
  repeatLimit.check(onTask('deregister-target', 1), guardFacts({ history: history({ acts }) }));
/** One rung of the earlier incident `n`. */
const rung = (n: number, at: number, change = {}) =>
  act(onTask('deregister-target', n), at, { incident: `earlier-${n}`, ...change });
const recently = [1, 2, 3].map((n) => rung(n, now - minutes(10 * n)));
const allow = { kind: 'allow' };

describe('repeat-limit', () => {
  it('allows the third treatment within the hour and denies the fourth', () => {
    expect(check(...recently.slice(0, 2))).toEqual(allow);
    says(check(...recently), 'deny', 'repeat.limit', '3 times within 1 h', 'at most 3');
  });

  it('forgets a treatment once it is an hour old', () => {
    const [first, second] = recently.slice(0, 2) as [PastAct, PastAct];
    expect(check(first, second, rung(3, now - hours(1) + 1))).toMatchObject({ kind: 'deny' });
    expect(check(first, second, rung(3, now - hours(1)))).toEqual(allow);
  });

  it('counts rungs, not acts', () => {
    const acts = [1, 2].flatMap((n) => [
      rung(n, now - minutes(20)),
      act(onTask('replace-task', n), now - minutes(15), { incident: `earlier-${n}` }),
    ]);
    expect(check(...acts)).toEqual(allow);
  });

  it('counts two rungs of one earlier incident as two', () => {
    const acts = ['a', 'b', 'c'].map((name) => rung(1, now - minutes(20), { rung: name }));
    expect(check(...acts)).toMatchObject({ kind: 'deny' });
  });

  it('does not count acts of this incident, refused orders or ways back', () => {
    const [first, second] = recently.slice(0, 2) as [PastAct, PastAct];
    expect(check(first, second, act(onTask('deregister-target', 3), now - minutes(2)))).toEqual(allow);
    expect(check(first, second, rung(3, now - minutes(2), { result: refused }))).toEqual(allow);
    expect(check(first, second, rung(3, now - minutes(2), { undoes: '1' }))).toEqual(allow);
  });

  it('never allows more treatments within its time than configured', () => {
    const ages = fc.array(fc.integer({ min: 0, max: 7200 }), { maxLength: 10 });
    const property = fc.property(
      ages,
      fc.integer({ min: 0, max: 5 }),
      fc.integer({ min: 1, max: 120 }),
      (old, count, within) => {
        const facts = guardFacts({
          settings: settings({ limits: { repeatLimit: { count, within: { minutes: within } } } }),
          history: history({ acts: old.map((age, n) => rung(n, now - age * 1000)) }),
        });
        const recent = old.filter((age) => age < within * 60).length;
        expect(repeatLimit.check(onTask('deregister-target', 1), facts).kind).toBe(recent < count ? 'allow' : 'deny');
      },
    );
    fc.assert(property);
  });
});
