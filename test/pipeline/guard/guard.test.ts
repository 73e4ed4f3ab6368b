import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDrawn } from '../../../lambdas/contract/enforcement.ts';
import type { Verdict } from '../../../lambdas/model/verdict.ts';
import { guard } from '../../../lambdas/pipeline/guard/guard.ts';
import type { GuardFacts, Guardrail } from '../../../lambdas/pipeline/guard/guardrail.ts';
import { guardrails } from '../../../lambdas/pipeline/guard/guardrails.ts';
import {
  everyProposal,
  guardFacts,
  minutes,
  now,
  onTask,
  rollForward,
  settings,
  standing,
  thisIncident,
} from '../build.ts';

const proposal = onTask('deregister-target', 1);
const allow: Verdict = { kind: 'allow' };
const hold = (until: number, says = 'wait'): Verdict => ({ kind: 'hold', reason: 'cooldown.active', until, says });
const deny = (says: string): Verdict => ({ kind: 'deny', reason: 'repeat.limit', says });
const rail = (verdict: Verdict, name = 'rail'): Guardrail => ({ name, check: () => verdict });
const ruling = (...verdicts: readonly Verdict[]) =>
  guard(
    proposal,
    guardFacts(),
    verdicts.map((v) => rail(v)),
  );

describe('the guard', () => {
  it('has these guardrails', () => {
    expect(guardrails.map((g) => g.name).sort()).toEqual([
      'ban',
      'change-freeze',
      'common-cause',
      'cooldown',
      'deployment-in-progress',
      'deployment-keeps-capacity',
      'error-budget',
      'failure-block',
      'fresh-evidence',
      'ineffective-limit',
      'kill-switch',
      'many-services',
      'max-share-disrupted',
      'min-healthy-targets',
      'no-rollback',
      'repeat-limit',
      'replacements-start',
      'restart-changes-nothing',
      'rollback-target-known-good',
      'scaling-in-progress',
      'somebody-is-told',
      'someone-else-is-deploying',
      'survivor-load',
      'task-protected',
      'velocity-budget',
      'zone-floor',
    ]);
  });

  it('allows a fair act in a sound world', () => {
    expect(guard(proposal, guardFacts()).verdict).toEqual(allow);
  });

  it('takes the worst verdict, the longer of two holds, and the first of two that are equally bad', () => {
    expect(ruling(allow, hold(now + 5), allow).verdict).toEqual(hold(now + 5));
    expect(ruling(hold(now + 5), deny('no'), allow).verdict).toEqual(deny('no'));
    expect(ruling(hold(now + 5), hold(now + 9), hold(now + 7)).verdict).toEqual(hold(now + 9));
    expect(ruling(hold(now + 5), hold(now + 5, 'second')).verdict).toEqual(hold(now + 5));
    expect(ruling(deny('first'), deny('second')).verdict).toEqual(deny('first'));
    expect(ruling().verdict).toEqual(allow);
  });

  it('lets the worst verdict win in whatever order the guardrails are asked', () => {
    const fromBest = [allow, hold(now + 1), hold(now + 2), deny('no')];
    const property = fc.property(fc.array(fc.constantFrom(...fromBest), { maxLength: 6 }), (verdicts) => {
      const worst = fromBest.findLast((each) => verdicts.includes(each)) ?? allow;
      expect(ruling(...verdicts).verdict).toEqual(worst);
    });
    fc.assert(property);
  });

  it('names every finding, the silent ones included', () => {
    expect(guard(proposal, guardFacts()).findings.map((f) => f.guardrail)).toEqual(guardrails.map((g) => g.name));
  });

  it('denies when a guardrail throws, and says which', () => {
    const broken: Guardrail = {
      name: 'broken',
      check: () => {
        throw new Error('division by zero');
      },
    };
    expect(guard(proposal, guardFacts(), [rail(allow), broken]).verdict).toEqual({
      kind: 'deny',
      reason: 'guard.failed',
      says: 'The guardrail broken could not be evaluated: division by zero',
    });
  });

  it('denies when any guardrail meets facts that it cannot read', () => {
    const broken = Object.defineProperty({ ...guardFacts() }, 'standing', {
      get: () => {
        throw new Error('no standing');
      },
    });
    for (const guardrail of guardrails)
      expect(guard(everyProposal['roll-back-deployment'], broken, [guardrail]).verdict.kind).toMatch(/deny|allow/);
    expect(guard(proposal, broken).verdict).toMatchObject({ kind: 'deny', reason: 'guard.failed' });
  });

  it.each([
    ['observe', {}, 'withhold'],
    ['automatic', {}, 'enforce'],
    ['observe', { 'deregister-target': 'automatic' }, 'enforce'],
    ['automatic', { 'deregister-target': 'observe' }, 'withhold'],
    ['observe', { 'replace-task': 'automatic' }, 'withhold'],
    ['approve', {}, 'ask'],
    ['automatic', { 'deregister-target': 'approve' }, 'ask'],
    ['approve', { 'deregister-target': 'automatic' }, 'enforce'],
    ['approve', { 'deregister-target': 'observe' }, 'withhold'],
  ] as const)('in mode %s with %o for single actions would %3$s', (mode, actionModes, bite) => {
    expect(guard(proposal, guardFacts({ settings: settings({ mode, actionModes }) })).bite).toBe(bite);
  });

  it.each([
    ['observe', 100, 'mode.observe'],
    ['observe', 0, 'mode.observe'],
    ['automatic', 0, 'mode.not-drawn'],
    ['approve', 0, 'mode.not-drawn'],
  ] as const)('withholds in mode %s with %i %% enforced, and says %s', (mode, enforce, withheldFor) => {
    const ruling = guard(proposal, guardFacts({ settings: settings({ mode, enforce }) }));
    expect(ruling).toMatchObject({ bite: 'withhold', withheldFor });
  });

  it('enforces just the incidents that are drawn', () => {
    const bites = (enforce: number) => guard(proposal, guardFacts({ settings: settings({ enforce }) })).bite;
    const enforced = Array.from({ length: 101 }, (_, percent) => isDrawn(thisIncident, percent));
    expect(enforced.map((drawn) => (drawn ? 'enforce' : 'withhold'))).toEqual(
      enforced.map((_, percent) => bites(percent)),
    );
  });

  it('judges in observe mode exactly as in automatic mode', () => {
    const facts = (mode: 'observe' | 'automatic') =>
      guardFacts({ settings: settings({ mode }), standing: standing({ desired: 1, listeners: 0 }) });
    const { bite: _, withheldFor: __, ...observed } = guard(proposal, facts('observe'));
    expect(guard(proposal, facts('automatic'))).toMatchObject(observed);
  });
});

describe('a way back', () => {
  const back = onTask('register-target', 1);
  const worst = (change: Partial<GuardFacts> = {}): GuardFacts =>
    guardFacts({ undoes: '1', standing: standing({ targets: [], listeners: 0, deployments: [] }), ...change });

  it('that brings a release again is bound by what a deployment may take away', () => {
    const facts = guardFacts({ undoes: '1', standing: standing({ maximumPercent: 100 }) });
    expect(guard(rollForward(), facts).verdict).toMatchObject({ kind: 'deny', reason: 'deployment.no-capacity' });
  });

  it('is bound by no other guardrail but the kill switch', () => {
    expect(guard({ ...back, because: [] }, worst()).verdict).toEqual(allow);
    const paused = { kind: 'paused', scope: 'everything', by: 'ada', why: 'stop', until: null } as const;
    expect(guard(back, worst({ controls: paused })).verdict).toMatchObject({ kind: 'deny', reason: 'controls.paused' });
    const unreadable = { kind: 'unreadable', because: 'no answer' } as const;
    expect(guard(back, worst({ controls: unreadable })).verdict).toMatchObject({
      kind: 'hold',
      until: now + minutes(0.5),
    });
  });

  it('is enforced whatever the mode of its own kind: what was done in automatic mode is put back in it', () => {
    const observing = settings({ mode: 'observe', actionModes: { 'deregister-target': 'automatic' } });
    expect(guard(back, worst({ settings: observing })).bite).toBe('enforce');
    const undrawn = settings({ mode: 'approve', enforce: 0 });
    expect(guard(back, worst({ settings: undrawn })).bite).toBe('enforce');
  });
});
