import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PastAct } from '../../../lambdas/model/incident-state.ts';
import type { ActResult } from '../../../lambdas/model/order.ts';
import { failureBlock } from '../../../lambdas/pipeline/guard/failure-block.ts';
import {
  act,
  earlierIncident,
  everyProposal,
  guardFacts,
  history,
  hours,
  minutes,
  now,
  onTask,
  refused,
  settings,
  unknown,
} from '../build.ts';
import { says } from './expect-verdict.ts';

const rejected: ActResult = { kind: 'refused', reason: 'change.rejected', says: 'Throttled.' };
const check = (acts: readonly PastAct[], failures = { count: 3, blockFor: { hours: 1 } }) =>
  failureBlock.check(
    everyProposal['deregister-target'],
    guardFacts({ history: history({ acts }), settings: settings({ limits: { failures } }) }),
  );
const failed = (at: number, change = {}) =>
  act(onTask('deregister-target', 1), at, { incident: earlierIncident, check: 'worse', ...change });
const ago = (...ages: readonly number[]) => ages.map((age) => failed(now - minutes(age)));
const one = { count: 1, blockFor: { hours: 1 } };
const allow = { kind: 'allow' };

describe('failure-block', () => {
  it('denies after the third failure within the hour, for an hour', () => {
    expect(check(ago(50, 20))).toEqual(allow);
    says(check(ago(50, 20, 10)), 'deny', 'repeat.failed', '3 acts on this service failed within 1 h', '50 min more');
  });

  it('ends exactly an hour after the last of them, though the first is older by then', () => {
    expect(check(ago(110, 90, 60))).toEqual(allow);
    const acts = [...ago(110, 90), failed(now - hours(1) + 1)];
    says(check(acts), 'deny', 'repeat.failed', '0 s more');
    expect(check([...acts, failed(now - minutes(61))])).toMatchObject({ kind: 'deny' });
  });

  it('does not add up failures that are an hour apart', () => {
    expect(check(ago(65, 30, 5))).toEqual(allow);
    expect(check(ago(64.9, 30, 5))).toMatchObject({ kind: 'deny' });
  });

  it('begins anew with each further failure', () => {
    says(check(ago(100, 90, 80, 40)), 'deny', 'repeat.failed', '20 min more');
  });

  it('is not misled by the order in which they are told', () => {
    says(check(ago(10, 50, 20)), 'deny', 'repeat.failed', '50 min more');
  });

  it('counts what made it worse, what AWS rejected, and what nobody knows the end of', () => {
    for (const change of [
      { check: 'worse' },
      { check: null, result: rejected },
      { check: null, result: unknown },
      { check: null, result: null },
    ])
      expect(check([failed(now - 1, change)], one)).toMatchObject({ kind: 'deny' });
    says(check([failed(now)], one), 'deny', 'repeat.failed', '1 act on this service failed');
  });

  it('does not count what helped, had no effect, was refused by ourselves, or is still awaited', () => {
    for (const change of [
      { check: 'helped' },
      { check: 'no-change' },
      { check: 'cannot-tell' },
      { check: null },
      { check: null, result: refused },
      { check: null, result: null, incident: guardFacts().incidentId },
    ])
      expect(check([failed(now - 1, change)], one)).toEqual(allow);
  });

  it('counts failures of this incident as well', () => {
    expect(check([failed(now - 1, { incident: guardFacts().incidentId })], one)).toMatchObject({ kind: 'deny' });
  });

  it('never lets an act pass within the time after so many failures', () => {
    const ages = fc.array(fc.integer({ min: 0, max: 7200 }), { maxLength: 8 });
    const property = fc.property(
      ages,
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 3600 }),
      (old, count, length) => {
        const verdict = check(
          old.map((age) => failed(now - age * 1000)),
          { count, blockFor: { seconds: length } } as never,
        );
        if (old.filter((age) => age < length).length >= count) expect(verdict.kind).toBe('deny');
        if (old.every((age) => age >= length)) expect(verdict).toEqual(allow);
      },
    );
    fc.assert(property);
  });
});
