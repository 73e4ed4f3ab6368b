import { describe, expect, it } from 'vitest';
import { grants } from '../../../lambdas/contract/permissions.ts';
import { actions } from '../../../lambdas/pipeline/act/actions.ts';

describe('actions', () => {
  it('has one action for every role, under its own kind', () => {
    expect(Object.keys(actions).sort()).toEqual(Object.keys(grants).sort());
    for (const [kind, action] of Object.entries(actions)) expect(action.kind).toBe(kind);
  });
});
