import type { Permission } from '../../lib/constructs/permission.ts';
import type { RolePolicies, Statement } from './policy.ts';

/** The smallest part of a policy: one action on one resource, under its conditions. */
export type Grant = {
  readonly action: string;
  readonly resource: string;
  readonly conditions: Statement['Condition'];
};

export const grantsOf = ({ statements }: Pick<RolePolicies, 'statements'>): readonly Grant[] =>
  statements
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action, Resource, Condition }) =>
      [Action]
        .flat()
        .flatMap((action) => [Resource].flat().map((resource) => ({ action, resource, conditions: Condition }))),
    );

/** The same of a permission as the code has it. */
export const grantsOfPermission = ({ actions, resources, conditions }: Permission): readonly Grant[] =>
  actions.flatMap((action) => resources.map((resource) => ({ action, resource, conditions })));

/** A grant as a statement of its own. */
export const statementOf = ({ action, resource, conditions }: Grant): Statement => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...(conditions === undefined ? {} : { Condition: conditions }),
});

/** The same for all that say the same, in whatever order. */
export const keyOf = ({ action, resource, conditions }: Grant): string =>
  `${action} on ${resource}${conditions === undefined ? '' : ` if ${JSON.stringify(sorted(conditions))}`}`;

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? sorted(value[0]) : value.map(sorted).sort();
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, sorted(one)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
