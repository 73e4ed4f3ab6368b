import { Stack, Validations } from 'aws-cdk-lib';
import { Effect, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** One statement of a role, as data: policies and docs/reference/permissions.md are made of it. */
export type Permission = {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Conditions;
  /** In what it allows more than is done with it, and why that can't be narrower; null when it is exact. */
  readonly wider: string | null;
  /** The ports whose calls need it, by name; of the changes, the change. Or who else needs it: Lambda, the installation. */
  readonly neededBy: readonly string[];
  /** Why it is there though nothing is known to need it. */
  readonly because?: string;
};

/**
 * Adds the permissions to the role. CDK merges those that say the same of other resources, up to 2,000 characters, and moves
 * what does not fit into managed policies: that is why there is one permission per service and not one for all.
 */
export function permit(role: Role, permissions: readonly Permission[]): void {
  for (const permission of permissions) {
    // Nothing is configured that it could be about; IAM knows no statement about nothing.
    if (permission.resources.length === 0) continue;
    role.addToPrincipalPolicy(statement(permission));
    acknowledgeWildcards(role, permission);
  }
}

export const statement = ({ actions, resources, conditions }: Permission): PolicyStatement =>
  new PolicyStatement({
    effect: Effect.ALLOW,
    actions: [...actions],
    resources: [...resources],
    ...(conditions === undefined ? {} : { conditions }),
  });

/** Every wildcard is a finding of cdk-nag by itself; the permission brings the reason along. */
export function acknowledgeWildcards(scope: Construct, { resources, wider }: Permission): void {
  if (wider === null) return;
  for (const resource of resources.filter((one) => one.includes('*')))
    acknowledge(scope, `AwsSolutions-IAM5[Resource::${flattened(scope, resource)}]`, wider);
}

type Joined = {
  readonly 'Fn::Join': readonly [string, readonly (string | { readonly 'Fn::GetAtt': readonly string[] })[]];
};

/** A resource as cdk-nag writes it in the id of a finding: a reference to an attribute becomes `<LogicalId.Arn>`. */
function flattened(scope: Construct, resource: string): string {
  const resolved: unknown = Stack.of(scope).resolve(resource);
  if (typeof resolved === 'string') return resolved;
  const {
    'Fn::Join': [, parts],
  } = resolved as Joined;
  return parts.map((part) => (typeof part === 'string' ? part : `<${part['Fn::GetAtt'].join('.')}>`)).join('');
}

/** Accepts a finding of cdk-nag below this construct, for a reason. */
export const acknowledge = (scope: Construct, id: string, reason: string): void =>
  Validations.of(scope).acknowledge({ id, reason });
