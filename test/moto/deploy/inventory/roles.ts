import type { Account } from '../../harness/account.ts';
import { askQuery, elements } from '../ask.ts';

/** Roles with their inline and attached policies. */
export async function roles(account: Account): Promise<Readonly<Record<string, unknown>>> {
  const ask = (action: string, parameters: Readonly<Record<string, string>> = {}) =>
    askQuery(account, 'test', 'iam', action, parameters);
  const names = elements(await ask('ListRoles', { MaxItems: '1000' }), 'RoleName');
  const found = names.filter(isOurs).map(async (RoleName) => {
    const inline = elements(await ask('ListRolePolicies', { RoleName }), 'member');
    const policies = inline.map(async (PolicyName) => [
      PolicyName,
      elements(await ask('GetRolePolicy', { RoleName, PolicyName }), 'PolicyDocument')[0],
    ]);
    const [role, attached] = await Promise.all([
      ask('GetRole', { RoleName }),
      ask('ListAttachedRolePolicies', { RoleName }),
    ]);
    return [
      RoleName,
      {
        trust: elements(role, 'AssumeRolePolicyDocument')[0],
        description: elements(role, 'Description')[0],
        attached: elements(attached, 'PolicyArn'),
        policies: Object.fromEntries(await Promise.all(policies)) as object,
      },
    ] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}

/** `cdk bootstrap` makes roles called `cdk-…`. */
const isOurs = (name: string): boolean => !name.startsWith('cdk-');
