import { type Conditions, hold } from './conditions.ts';
import type { Need } from './need.ts';
import { matches } from './pattern.ts';

/** A statement of an identity policy, as JSON has it. */
export type Statement = {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Conditions;
  readonly Sid?: string;
};

/** What a role may do: the statements of all its policies, inline and managed, and of its boundary if it has one. */
export type RolePolicies = {
  readonly statements: readonly Statement[];
  readonly boundary: readonly Statement[] | null;
};

const understood: ReadonlySet<string> = new Set(['Effect', 'Action', 'Resource', 'Condition', 'Sid']);

/**
 * Would IAM let the role do it? Within one account, from its identity policies and its boundary alone: policies of
 * resources (the key's, the topics'), of the organization and of sessions are not looked at
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html).
 */
export const allows = ({ statements, boundary }: RolePolicies, need: Need): boolean =>
  permitted(statements, need) && (boundary === null || permitted(boundary, need));

function permitted(statements: readonly Statement[], need: Need): boolean {
  const applying = statements.filter((statement) => applies(statement, need));
  return applying.some(({ Effect }) => Effect === 'Allow') && applying.every(({ Effect }) => Effect === 'Allow');
}

/** Is the statement about this action, this resource and this request? */
export function applies(statement: Statement, { action, resource, context }: Need): boolean {
  const unknown = Object.keys(statement).find((element) => !understood.has(element));
  if (unknown !== undefined) throw new Error(`The element ${unknown} of a statement is not evaluated here.`);
  return (
    [statement.Action].flat().some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
    [statement.Resource].flat().some((pattern) => matches(pattern, resource)) &&
    hold(statement.Condition ?? {}, context)
  );
}
