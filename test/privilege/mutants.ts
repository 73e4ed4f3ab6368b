import type { RolePolicies, Statement } from './policy.ts';

/** A role with one thing wrong with it. */
export type Mutant = { readonly what: string; readonly role: RolePolicies };

/**
 * Every way in which one statement of the role can be lost, lose a part, or become wider: without it; without one of its
 * actions, resources or conditions; with a wildcard for the resource; with a wildcard for one more action.
 */
export const mutantsOf = (role: RolePolicies): readonly Mutant[] =>
  role.statements.flatMap((statement, index) => {
    const name = `${[statement.Action].flat().join(', ')} on ${[statement.Resource].flat().join(', ')}`;
    return changed(statement).map(({ what, instead }) => ({
      what: `${name}: ${what}`,
      role: { ...role, statements: role.statements.toSpliced(index, 1, ...instead) },
    }));
  });

type Change = { readonly what: string; readonly instead: readonly Statement[] };

const changed = (statement: Statement): readonly Change[] => [
  { what: 'removed', instead: [] },
  ...shortened(statement, 'Action'),
  ...shortened(statement, 'Resource'),
  ...unconditioned(statement),
  ...widened(statement),
];

/** Without one of several. */
function shortened(statement: Statement, element: 'Action' | 'Resource'): readonly Change[] {
  const all = [statement[element]].flat();
  if (all.length < 2) return [];
  return all.map((one, index) => ({
    what: `without ${one}`,
    instead: [{ ...statement, [element]: all.toSpliced(index, 1) }],
  }));
}

/** Without one of its conditions. */
function unconditioned(statement: Statement): readonly Change[] {
  const { Condition = {} } = statement;
  return Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.keys(keys).map((key) => {
      const { [key]: _, ...others } = keys;
      const rest = { ...Condition, [operator]: others };
      return { what: `without the condition ${operator} ${key}`, instead: [{ ...statement, Condition: rest }] };
    }),
  );
}

function widened(statement: Statement): readonly Change[] {
  const actions = [statement.Action].flat();
  const services = [...new Set(actions.map((action) => `${action.split(':')[0]}:*`))];
  const wild = ['*', ...services].map((action) => ({
    what: `and ${action}`,
    instead: [{ ...statement, Action: [...actions, action] }],
  }));
  const anywhere = { what: 'on *', instead: [{ ...statement, Resource: '*' }] };
  // Where nothing narrower is known to IAM, it is so already.
  return [...wild, ...([statement.Resource].flat().includes('*') ? [] : [anywhere])];
}
