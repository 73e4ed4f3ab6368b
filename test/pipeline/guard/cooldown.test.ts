import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PastAct } from '../../../lambdas/model/incident-state.ts';
import { cooldown } from '../../../lambdas/pipeline/guard/cooldown.ts';
import {
  act,
  earlierIncident,
  everyProposal,
  guardFacts,
  history,
  minutes,
  now,
  onTask,
  refused,
  seconds,
  settings,
  unknown,
} from '../build.ts';
import { says } from './expect-verdict.ts';

const check = (...acts: readonly PastAct[]) =>
  cooldown.check(onTask('deregister-target', 1), guardFacts({ history: history({ acts }) }));
const earlier = (at: number, change = {}) =>
  act(onTask('deregister-target', 1), at, { incident: earlierIncident, ...change });
const allow = { kind: 'allow' };

describe('cooldown', () => {
  it('holds until five minutes after the last treatment in an earlier incident, and not a moment longer', () => {
    const verdict = check(earlier(now - minutes(5) + 1));
    says(verdict, 'hold', 'cooldown.active');
    expect(verdict).toMatchObject({ until: now + 1 });
    expect(check(earlier(now - minutes(5)))).toEqual(allow);
  });

  it('gives the figures', () => {
    says(check(earlier(now - seconds(80))), 'hold', 'cooldown.active', '80 s ago', '4 min more');
  });

  it('counts from the latest act of the latest rung', () => {
    const acts = [earlier(now - minutes(4)), earlier(now - minutes(1)), earlier(now - minutes(30), { rung: 'other' })];
    expect(check(...acts)).toMatchObject({ until: now + minutes(4) });
  });

  it('does not count acts of this incident, refused orders or ways back', () => {
    expect(check(act(onTask('deregister-target', 1), now - seconds(5)))).toEqual(allow);
    expect(check(earlier(now - seconds(5), { result: refused }))).toEqual(allow);
    expect(check(earlier(now - seconds(5), { undoes: '1' }))).toEqual(allow);
  });

  it('counts an act whose answer was lost or never came', () => {
    expect(check(earlier(now - seconds(5), { result: unknown }))).toMatchObject({ kind: 'hold' });
    expect(check(earlier(now - seconds(5), { result: null }))).toMatchObject({ kind: 'hold' });
  });

  it('holds every kind of act', () => {
    const facts = guardFacts({ history: history({ acts: [earlier(now - minutes(1))] }) });
    for (const proposal of Object.values(everyProposal)) expect(cooldown.check(proposal, facts).kind).toBe('hold');
  });

  it('always ends exactly when the configured time after the last treatment is over', () => {
    const ages = fc.array(fc.integer({ min: 0, max: 3600 }), { minLength: 1, maxLength: 6 });
    const property = fc.property(ages, fc.integer({ min: 0, max: 1800 }), (old, length) => {
      const facts = guardFacts({
        settings: settings({ limits: { cooldown: { seconds: length } } }),
        history: history({ acts: old.map((age) => earlier(now - seconds(age))) }),
      });
      const verdict = cooldown.check(onTask('deregister-target', 1), facts);
      const until = now - seconds(Math.min(...old)) + seconds(length);
      if (until <= now) expect(verdict).toEqual(allow);
      else expect(verdict).toMatchObject({ kind: 'hold', until });
    });
    fc.assert(property);
  });
});
