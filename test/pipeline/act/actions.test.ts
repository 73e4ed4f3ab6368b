import { describe, expect, it } from 'vitest';
import { grants } from '../../../lambdas/contract/permissions.ts';
import type { Action } from '../../../lambdas/pipeline/act/action.ts';
import { actions } from '../../../lambdas/pipeline/act/actions.ts';

describe('actions', () => {
  it('has one action for every role, under its own kind', () => {
    expect(Object.keys(actions).sort()).toEqual(Object.keys(grants).sort());
    for (const [kind, action] of Object.entries(actions)) expect(action.kind).toBe(kind);
  });

  it('cannot be written to make a change that its role does not grant: it would not compile', () => {
    const apply: Action<'deregister-target'>['apply'] = ({ subject }, change) =>
      // @ts-expect-error stopTask is granted to replace-task only
      change.stopTask(subject.task, 'not mine to stop');
    expect(apply).toBeTypeOf('function');
  });
});
