import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Controls } from '../../../lambdas/model/controls.ts';
import { killSwitch } from '../../../lambdas/pipeline/guard/kill-switch.ts';
import { everyProposal, guardFacts, minutes, now, onTask, seconds } from '../build.ts';
import { says } from './expect-verdict.ts';

const check = (controls: Controls) => killSwitch.check(onTask('deregister-target', 1), guardFacts({ controls }));
const paused = { kind: 'paused', scope: 'service', by: 'ada', why: 'load test', until: null } as const;

describe('kill-switch', () => {
  it('allows every act while Paramedic is running', () => {
    for (const proposal of Object.values(everyProposal))
      expect(killSwitch.check(proposal, guardFacts())).toEqual({ kind: 'allow' });
  });

  it('denies every act while a person has paused it, and says who and why', () => {
    for (const proposal of Object.values(everyProposal)) {
      const verdict = killSwitch.check(proposal, guardFacts({ controls: paused }));
      says(verdict, 'deny', 'controls.paused', 'ada', 'load test', 'this service');
    }
    says(check({ ...paused, scope: 'everything' }), 'deny', 'controls.paused', 'ada has paused Paramedic: load test');
  });

  it('counts a pause as over at the moment it states, even if its item is still there', () => {
    expect(check({ ...paused, until: now + 1 })).toMatchObject({ kind: 'deny' });
    expect(check({ ...paused, until: now })).toEqual({ kind: 'allow' });
    expect(check({ ...paused, until: now - minutes(5) })).toEqual({ kind: 'allow' });
  });

  it('holds for half a minute when it cannot be told', () => {
    const verdict = check({ kind: 'unreadable', because: 'the table answered 500' });
    says(verdict, 'hold', 'controls.unreadable', 'the table answered 500');
    expect(verdict).toMatchObject({ until: now + seconds(30) });
  });

  it('never allows an act while a pause lasts, or while it cannot be told whether one does', () => {
    const until = fc.option(fc.integer({ min: -600, max: 600 }).map((s) => now + seconds(s)));
    const scope = fc.constantFrom('service' as const, 'everything' as const);
    const controls: fc.Arbitrary<Controls> = fc.oneof(
      fc.constant({ kind: 'running' as const }),
      fc.constant({ kind: 'unreadable' as const, because: 'no answer' }),
      fc.record({ scope, until }).map((change) => ({ ...paused, ...change })),
    );
    const property = fc.property(controls, fc.constantFrom(...Object.values(everyProposal)), (given, proposal) => {
      const over = given.kind === 'paused' && given.until !== null && given.until <= now;
      const verdict = killSwitch.check(proposal, guardFacts({ controls: given }));
      expect(verdict.kind === 'allow').toBe(given.kind === 'running' || over);
    });
    fc.assert(property);
  });
});
