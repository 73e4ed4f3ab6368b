import { describe, expect, it } from 'vitest';
import type { PastAct } from '../../../lambdas/model/incident-state.ts';
import { ineffectiveLimit } from '../../../lambdas/pipeline/guard/ineffective-limit.ts';
import { act, earlierIncident, everyProposal, guardFacts, history, hours, minutes, now, onTask } from '../build.ts';
import { says } from './expect-verdict.ts';

const check = (...acts: readonly PastAct[]) =>
  ineffectiveLimit.check(everyProposal['deregister-target'], guardFacts({ history: history({ acts }) }));
const idle = (at: number, change = {}) =>
  act(onTask('deregister-target', 1), at, { incident: earlierIncident, check: 'no-change', ...change });
const two = [idle(now - minutes(5), { incident: guardFacts().incidentId }), idle(now - hours(2))] as const;
const allow = { kind: 'allow' };

describe('ineffective-limit', () => {
  it('denies once three acts had no effect within four hours, in whatever incident', () => {
    expect(check(...two)).toEqual(allow);
    const verdict = check(...two, idle(now - hours(3)));
    says(verdict, 'deny', 'repeat.ineffective', '3 acts on this service had no effect within 4 h; at most 2 may.');
  });

  it('forgets an act once it is four hours old', () => {
    expect(check(...two, idle(now - hours(4) + 1))).toMatchObject({ kind: 'deny' });
    expect(check(...two, idle(now - hours(4)))).toEqual(allow);
  });

  it.each(['helped', 'worse', 'cannot-tell', null])('does not count an act whose check says %s', (said) => {
    expect(check(...two, idle(now - minutes(1), { check: said }))).toEqual(allow);
  });

  it('does not count ways back', () => {
    expect(check(...two, idle(now - minutes(1), { undoes: '1' }))).toEqual(allow);
  });
});
