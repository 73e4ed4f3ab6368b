import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alarms } from '../../lambdas/contract/alarms/alarms.ts';
import { alarmKinds } from '../../lambdas/contract/names.ts';
import { grants } from '../../lambdas/contract/permissions.ts';
import { actions } from '../../lambdas/pipeline/act/actions.ts';
import { hypotheses } from '../../lambdas/pipeline/diagnose/hypotheses.ts';
import { guardrails } from '../../lambdas/pipeline/guard/guardrails.ts';
import { faults } from '../../lib/simulator/faults/faults.ts';
import { invariants } from '../../lib/simulator/invariants/invariants.ts';
import { filesUnder, root, sources } from './tree.ts';

/** Each thing with the name it goes by, by the folder it is in. */
type Named = { readonly id: string; readonly thing: unknown };
const families: Readonly<Record<string, readonly Named[]>> = {
  'lambdas/pipeline/act': Object.values(actions).map((action) => ({ id: action.kind, thing: action })),
  'lambdas/pipeline/diagnose': hypotheses.map((hypothesis) => ({ id: hypothesis.kind, thing: hypothesis })),
  'lambdas/pipeline/guard': guardrails.map((guardrail) => ({ id: guardrail.name, thing: guardrail })),
  'lib/simulator/faults': faults.map((fault) => ({ id: fault.kind, thing: fault })),
  'lib/simulator/invariants': invariants.map((invariant) => ({ id: invariant.name, thing: invariant })),
};

describe.each(Object.entries(families))('%s', (folder, members) => {
  it.each(members)('holds $id in a file of that name', async ({ id, thing }) => {
    const module: Record<string, unknown> = await import(join(root, folder, `${id}.ts`));
    expect(Object.values(module)).toContain(thing);
  });

  it('gives every name once', () => {
    const ids = members.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });
});

describe('lambdas/contract/alarms', () => {
  it.each(alarmKinds)('holds the alarm %s in a file of that name', async (kind) => {
    const module: Record<string, unknown> = await import(join(root, 'lambdas/contract/alarms', `${kind}.ts`));
    expect(Object.values(module).filter((value) => (alarms as readonly unknown[]).includes(value))).toHaveLength(1);
  });

  it('lists every kind', () => {
    expect(alarms).toHaveLength(alarmKinds.length);
  });
});

describe('every action', () => {
  it.each(Object.keys(grants))('%s has a function of its own', (kind) => {
    expect(existsSync(join(root, 'lambdas/handlers', `${kind}.ts`))).toBe(true);
  });
});

describe('every file', () => {
  const files = filesUnder('.').filter((path) => !path.includes('/fixtures/'));

  it('is named in kebab-case', () => {
    const code = files.filter((path) => /\.(ts|mjs|yaml|json)$/.test(path));
    expect(code.filter((path) => !/^\.?[a-z0-9]+([-.][a-z0-9]+)*$/.test(basename(path)))).toEqual([]);
  });

  it('of the tests ends in .test.ts or helps one', () => {
    const code = sources('test').filter((path) => /\b(spec|tests)\.ts$/.test(path));
    expect(code).toEqual([]);
  });
});
