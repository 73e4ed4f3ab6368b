import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../lambdas/model/evidence.ts';
import { freshEvidence } from '../../../lambdas/pipeline/guard/fresh-evidence.ts';
import { senseDelay } from '../../../lambdas/pipeline/guard/sense-delay.ts';
import { act, earlierIncident, evidence, guardFacts, history, hours, now, onTask, seconds } from '../build.ts';
import { says } from './expect-verdict.ts';

const check = (because: readonly Evidence[], facts = guardFacts()) =>
  freshEvidence.check({ ...onTask('replace-task', 1), because }, facts);
const allow = { kind: 'allow' };

describe('fresh-evidence', () => {
  it.each([
    ['target-health', 120],
    ['ecs', 120],
    ['task-logs', 180],
    ['metrics', 255],
  ] as const)('counts what %s says for %i seconds', (source, limit) => {
    expect(check([evidence({ source, at: now - seconds(limit) })])).toEqual(allow);
    const verdict = check([evidence({ source, at: now - seconds(limit) - 1, says: 'it was slow' })]);
    says(verdict, 'hold', 'evidence.stale', source, 'it was slow');
    expect(verdict).toMatchObject({ until: now + seconds(30) });
  });

  it.each(['alarm', 'ledger'] as const)('counts what the %s says for ever', (source) => {
    expect(check([evidence({ source, at: now - hours(1000) })])).toEqual(allow);
  });

  it('holds while any of the evidence is stale, and names the stalest', () => {
    const fresh = evidence({ at: now });
    const stale = evidence({ source: 'target-health', at: now - hours(1), says: 'the stalest' });
    says(
      check([fresh, evidence({ at: now - seconds(200) }), stale]),
      'hold',
      'evidence.stale',
      '1 h old',
      'the stalest',
    );
  });

  it('holds what rests on no evidence at all', () => {
    says(check([]), 'hold', 'evidence.stale', 'It rests on no evidence.');
  });

  it('lets a rung be completed on the strength of its first act having helped', () => {
    const old = [evidence({ at: now - hours(1) })];
    const first = act(onTask('deregister-target', 1), now - seconds(90), { check: 'helped' });
    const facts = (change: Parameters<typeof act>[2]) =>
      guardFacts({
        history: history({ acts: [act(onTask('deregister-target', 1), first.at, { check: 'helped', ...change })] }),
      });
    expect(check(old, facts({}))).toEqual(allow);
    for (const other of [
      { check: 'no-change' as const },
      { check: null },
      { rung: 'another' },
      { incident: earlierIncident },
      { undoes: '1' },
    ])
      expect(check(old, facts(other))).toMatchObject({ kind: 'hold' });
  });

  it('never allows an act on evidence older than its delay and two minutes', () => {
    const source = fc.constantFrom(...(Object.keys(senseDelay) as Evidence['source'][]));
    const facts = fc.array(fc.record({ source, age: fc.integer({ min: 0, max: 600 }) }), {
      minLength: 1,
      maxLength: 5,
    });
    const delays: Partial<Record<Evidence['source'], number>> = {
      metrics: 135,
      'task-logs': 60,
      'target-health': 0,
      ecs: 0,
    };
    const property = fc.property(facts, (read) => {
      const verdict = check(read.map((f) => evidence({ source: f.source, at: now - seconds(f.age) })));
      const isFresh = read.every((f) => f.age <= (delays[f.source] ?? Number.POSITIVE_INFINITY) + 120);
      expect(verdict.kind).toBe(isFresh ? 'allow' : 'hold');
    });
    fc.assert(property);
  });
});
