import { describe, expect, it } from 'vitest';
import type { ScalingFact, Standing } from '../../../lambdas/model/facts.ts';
import { scalingInProgress } from '../../../lambdas/pipeline/guard/scaling-in-progress.ts';
import { deployment, everyProposal, guardFacts, hours, minutes, now, rollBack, seconds, standing } from '../build.ts';
import { says } from './expect-verdict.ts';

const scaled = (change: Partial<ScalingFact> = {}): ScalingFact => ({
  startedAt: now - minutes(2),
  status: 'ended',
  desired: 6,
  ...change,
});
const check = (change: Partial<Standing>, proposal = everyProposal['deregister-target']) =>
  scalingInProgress.check(proposal, guardFacts({ standing: standing(change) }));
const stopRunning = rollBack(deployment(43, now - hours(1)), deployment(42, now - hours(72)), 'stop-running');
const underWay = { scaling: [scaled({ startedAt: now - hours(9), status: 'under-way', desired: 8 })] };
const allow = { kind: 'allow' };

describe('scaling-in-progress', () => {
  it('holds every act but the stop of a running deployment while an activity is under way', () => {
    for (const proposal of Object.values(everyProposal)) {
      const verdict = check(underWay, proposal);
      says(verdict, 'hold', 'scaling.in-progress', 'The service is being scaled to 8 tasks.');
      expect(verdict).toMatchObject({ until: now + seconds(30) });
    }
    expect(check(underWay, stopRunning)).toEqual(allow);
  });

  it('finds the one that is under way behind one that has ended', () => {
    expect(check({ scaling: [scaled(), ...underWay.scaling] })).toMatchObject({ kind: 'hold' });
  });

  it('says no count where the activity gives none', () => {
    says(
      check({ scaling: [scaled({ status: 'under-way', desired: null })] }),
      'hold',
      'scaling.in-progress',
      'The service is being scaled.',
    );
  });

  it.each([5, 7])('holds while the count that was set is not reached yet: %i run', (running) => {
    const verdict = check({ running, scaling: [scaled()] });
    says(verdict, 'hold', 'scaling.in-progress', `was scaled to 6 tasks, and ${running} run yet`);
    expect(verdict).toMatchObject({ until: now + seconds(30) });
  });

  it('allows when the count is reached', () => {
    expect(check({ running: 6, scaling: [scaled()] })).toEqual(allow);
  });

  it('does not wait for a count that somebody else has changed since', () => {
    expect(check({ running: 5, scaling: [scaled({ desired: 9 })] })).toEqual(allow);
    expect(check({ running: 5, scaling: [scaled({ desired: null })] })).toEqual(allow);
  });

  it('looks at the newest activity only, and not for longer than AWS may take to heal', () => {
    expect(check({ running: 5, scaling: [scaled({ desired: 9 }), scaled()] })).toEqual(allow);
    expect(check({ running: 5, scaling: [scaled({ startedAt: now - minutes(15) + 1 })] })).toMatchObject({
      kind: 'hold',
    });
    expect(check({ running: 5, scaling: [scaled({ startedAt: now - minutes(15) })] })).toEqual(allow);
  });

  it('allows where nothing was ever scaled', () => {
    expect(check({ running: 5, scaling: [] })).toEqual(allow);
  });

  it('holds when scaling cannot be read', () => {
    says(
      check({ scaling: null }),
      'hold',
      'scaling.in-progress',
      'Whether the service is being scaled could not be read.',
    );
    expect(check({ scaling: null }, stopRunning)).toEqual(allow);
  });
});
