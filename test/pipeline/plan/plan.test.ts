import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActionKind } from '../../../lambdas/contract/names.ts';
import type { NotApplicable, Plan } from '../../../lambdas/model/proposal.ts';
import { nextRung, type Propose, plan } from '../../../lambdas/pipeline/plan/plan.ts';
import { type Playbook, playbook } from '../../../lambdas/pipeline/plan/playbook.ts';
import {
  badDeployment,
  deployment,
  everyDiagnosis,
  everyProposal,
  hours,
  now,
  sickTarget,
  sickTask,
  undetermined,
  wornOut,
} from '../build.ts';

const never: NotApplicable = { kind: 'not-applicable', reason: 'selection.empty', because: 'there is none' };
const always: Propose = (kind) => everyProposal[kind];
const allBut =
  (...left: readonly ActionKind[]): Propose =>
  (kind) =>
    left.includes(kind) ? never : everyProposal[kind];
const longBook: Playbook = {
  ...playbook,
  undetermined: {
    ...playbook.undetermined,
    rungs: [['deregister-target', 'replace-task'], ['restart-service'], ['roll-back-deployment']],
  },
};
const rungs = ['undetermined|service|0', 'undetermined|service|1', 'undetermined|service|2'] as const;

const actionOf = (each: Plan[number]['acts'][number]): ActionKind =>
  each.kind === 'not-applicable' ? each.action : each.kind;

const actionKinds = Object.values(everyProposal).map(({ kind }) => kind);

/** A plan by any playbook for any diagnosis, where any actions do not apply. */
const anyPlan = fc
  .record({
    diagnosis: fc.constantFrom(...everyDiagnosis),
    ladder: fc.array(fc.array(fc.constantFrom(...actionKinds), { maxLength: 3 }), { maxLength: 5 }),
    left: fc.subarray(actionKinds),
  })
  .map(({ diagnosis, ladder, left }) => {
    const book: Playbook = { ...playbook, [diagnosis.kind]: { ...playbook[diagnosis.kind], rungs: ladder } };
    return { ladder, left, made: plan(diagnosis, allBut(...left), book) };
  });

describe('a plan', () => {
  it('treats one sick task, the worst, with acts that belong together', () => {
    const asked: unknown[] = [];
    const [worst, other] = [sickTask(3), sickTask(1)];
    const made = plan(sickTarget(worst, other), (kind, focus) => {
      asked.push([kind, focus]);
      return everyProposal[kind];
    });
    expect(asked).toEqual([
      ['deregister-target', worst],
      ['replace-task', worst],
    ]);
    expect(made).toEqual([
      {
        key: 'sick-target|00000003aaaaaaaaaaaaaaaaaaaaaaaa|0',
        acts: [everyProposal['deregister-target'], everyProposal['replace-task']],
      },
    ]);
  });

  it('gives each sick task a rung of its own, and the same one however often it is diagnosed', () => {
    const key = (n: number, share: number) => plan(sickTarget(sickTask(n, { share })), always)[0]?.key;
    expect(key(1, 0.9)).toBe(key(1, 0.4));
    expect(key(1, 0.9)).not.toBe(key(2, 0.9));
  });

  it('gives a service one rollback an incident, whichever release is suspected', () => {
    const key = (revision: number) => plan(badDeployment(deployment(revision, now - hours(1))), always)[0]?.key;
    expect(key(42)).toBe('bad-deployment|service|0');
    expect(key(43)).toBe(key(42));
  });

  it('asks about the service as a whole where no single task is sick', () => {
    const made = plan(wornOut, (kind, focus) => {
      expect(focus).toBeNull();
      return everyProposal[kind];
    });
    expect(made).toEqual([{ key: 'worn-out|service|0', acts: [everyProposal['restart-service']] }]);
  });

  it('asks about the service as a whole where its playbook says so, though a single task is sick', () => {
    const whole: Playbook = { ...playbook, 'sick-target': { ...playbook['sick-target'], treats: 'service' } };
    const made = plan(
      sickTarget(sickTask(1)),
      (kind, focus) => {
        expect(focus).toBeNull();
        return everyProposal[kind];
      },
      whole,
    );
    expect(made.map(({ key }) => key)).toEqual(['sick-target|service|0']);
  });

  it('keeps what does not apply, with the action it is about', () => {
    const [rung] = plan(sickTarget(sickTask(1)), allBut('replace-task'));
    expect(rung?.acts).toEqual([everyProposal['deregister-target'], { ...never, action: 'replace-task' }]);
  });

  it('is empty where only a person can help', () => {
    for (const diagnosis of everyDiagnosis)
      expect(plan(diagnosis, always)).toHaveLength(playbook[diagnosis.kind].rungs.length);
    expect(plan(sickTarget(), always)).toEqual([]);
  });

  it('is empty when one task is to be treated and the diagnosis names none', () => {
    const single: Playbook = { ...longBook, undetermined: { ...longBook.undetermined, treats: 'one-task' } };
    expect(plan(undetermined, always, single)).toEqual([]);
  });

  it('gives no rung twice and keeps the order of the playbook, whatever it says and whatever applies', () => {
    fc.assert(
      fc.property(anyPlan, ({ made, ladder, left }) => {
        expect(new Set(made.map(({ key }) => key)).size).toBe(made.length);
        expect(made.map(({ acts }) => acts.map(actionOf))).toEqual(ladder);
        const missed = made.flatMap(({ acts }) => acts.filter((each) => each.kind === 'not-applicable').map(actionOf));
        expect(missed).toEqual(ladder.flat().filter((kind) => left.includes(kind)));
      }),
    );
  });
});

describe('the next rung', () => {
  const made = (propose: Propose): Plan => plan(undetermined, propose, longBook);

  it('is the first one not yet tried', () => {
    expect(nextRung(made(always), [])).toMatchObject({ rung: { key: rungs[0] }, skipped: [] });
    expect(nextRung(made(always), [rungs[0]])).toMatchObject({ rung: { key: rungs[1] }, skipped: [] });
    expect(nextRung(made(always), [rungs[1], rungs[0]])).toMatchObject({ rung: { key: rungs[2] } });
  });

  it('passes over rungs whose first act does not apply, and names them', () => {
    const { rung, skipped } = nextRung(made(allBut('restart-service')), [rungs[0]]);
    expect(rung?.key).toBe(rungs[2]);
    expect(skipped).toEqual([{ ...never, action: 'restart-service', rung: rungs[1] }]);
  });

  it('is tried even if a later act of it does not apply', () => {
    expect(nextRung(made(allBut('replace-task')), []).rung?.key).toBe(rungs[0]);
  });

  it('is never one without acts', () => {
    const [empty, full] = [
      { key: 'empty', acts: [] },
      { key: 'full', acts: [everyProposal['restart-service']] },
    ];
    expect(nextRung([empty, full], [])).toEqual({ rung: full, skipped: [] });
  });

  it('climbs to a person without a rung twice, and tells of every rung it could not begin', () => {
    fc.assert(
      fc.property(anyPlan, ({ made }) => {
        const tried: string[] = [];
        let next = nextRung(made, tried);
        while (next.rung !== undefined) {
          expect(tried).not.toContain(next.rung.key);
          expect(next.rung.acts[0]?.kind).not.toBe('not-applicable');
          tried.push(next.rung.key);
          next = nextRung(made, tried);
        }
        const skipped = next.skipped.map(({ rung }) => rung);
        const begun = made.filter(({ acts }) => acts.length > 0).map(({ key }) => key);
        expect(begun.filter((key) => tried.includes(key))).toEqual(tried);
        expect(begun.filter((key) => !tried.includes(key))).toEqual(skipped);
      }),
    );
  });

  it('is a person when every rung was tried or does not apply', () => {
    expect(nextRung(made(always), rungs)).toEqual({ rung: undefined, skipped: [] });
    const none = nextRung(
      made(() => never),
      [rungs[0]],
    );
    expect(none.rung).toBeUndefined();
    expect(none.skipped.map((s) => s.rung)).toEqual([rungs[1], rungs[2]]);
    expect(nextRung([], [])).toEqual({ rung: undefined, skipped: [] });
  });
});
