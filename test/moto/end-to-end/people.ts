import { dutyPolicyName } from '../../../lambdas/contract/names.ts';
import { type Duty, dutyNames } from '../../../lambdas/contract/operation-api.ts';
import type { ApiGateway, Key } from '../../operator/api-gateway.ts';
import { askQuery, elements } from '../deploy/ask.ts';
import type { Account } from '../harness/account.ts';

/** Somebody with keys of an account in moto. */
export type Person = { readonly arn: string; readonly key: Key };

const textIn = (xml: string, name: string): string => {
  const [text] = elements(xml, name);
  if (text === undefined) throw new Error(`moto answered without ${name}: ${xml}`);
  return text;
};

const policyArn = (account: Account, duty: Duty): string =>
  `arn:aws:iam::${account.id}:policy/${dutyPolicyName('prod', account.region, duty)}`;

/** What the policies that are attached to somebody let them invoke, as IAM has them. */
async function allowed(account: Account, action: string, who: Readonly<Record<string, string>>): Promise<string[]> {
  const found: string[] = [];
  for (const PolicyArn of elements(await askQuery(account, 'test', 'iam', action, who), 'PolicyArn')) {
    const policy = await askQuery(account, 'test', 'iam', 'GetPolicy', { PolicyArn });
    const VersionId = textIn(policy, 'DefaultVersionId');
    const version = await askQuery(account, 'test', 'iam', 'GetPolicyVersion', { PolicyArn, VersionId });
    const { Statement } = JSON.parse(decodeURIComponent(textIn(version, 'Document'))) as {
      readonly Statement: readonly { readonly Action: string | string[]; readonly Resource: string | string[] }[];
    };
    for (const { Action, Resource } of Statement)
      if ([Action].flat().includes('execute-api:Invoke')) found.push(...[Resource].flat());
  }
  return found;
}

/** A user of IAM, with an access key and the policies of these duties. */
export async function userOf(
  account: Account,
  UserName: string,
  gateway: ApiGateway,
  duties: readonly Duty[] = dutyNames,
): Promise<Person> {
  const arn = textIn(await askQuery(account, 'test', 'iam', 'CreateUser', { UserName }), 'Arn');
  const keys = await askQuery(account, 'test', 'iam', 'CreateAccessKey', { UserName });
  const key = { accessKeyId: textIn(keys, 'AccessKeyId'), secretAccessKey: textIn(keys, 'SecretAccessKey') };
  for (const duty of duties)
    await askQuery(account, 'test', 'iam', 'AttachUserPolicy', { UserName, PolicyArn: policyArn(account, duty) });
  gateway.know({ key, arn, may: await allowed(account, 'ListAttachedUserPolicies', { UserName }) });
  return { arn, key };
}

/** Somebody in a role for a while, as people are who log in by IAM Identity Center. */
export async function inRole(
  account: Account,
  RoleName: string,
  session: string,
  gateway: ApiGateway,
  duties: readonly Duty[] = dutyNames,
): Promise<Person> {
  const trust = { Version: '2012-10-17', Statement: [] };
  const AssumeRolePolicyDocument = JSON.stringify(trust);
  await askQuery(account, 'test', 'iam', 'CreateRole', { RoleName, AssumeRolePolicyDocument });
  for (const duty of duties)
    await askQuery(account, 'test', 'iam', 'AttachRolePolicy', { RoleName, PolicyArn: policyArn(account, duty) });
  const RoleArn = `arn:aws:iam::${account.id}:role/${RoleName}`;
  const xml = await askQuery(account, 'test', 'sts', 'AssumeRole', { RoleArn, RoleSessionName: session });
  const key = {
    accessKeyId: textIn(xml, 'AccessKeyId'),
    secretAccessKey: textIn(xml, 'SecretAccessKey'),
    sessionToken: textIn(xml, 'SessionToken'),
  };
  const arn = `arn:aws:sts::${account.id}:assumed-role/${RoleName}/${session}`;
  gateway.know({ key, arn, may: await allowed(account, 'ListAttachedRolePolicies', { RoleName }) });
  return { arn, key };
}
