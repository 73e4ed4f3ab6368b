import { askQuery, elements } from '../deploy/ask.ts';
import type { CallerIdentity, Key } from '../gaps/caller-identity.ts';
import type { Account } from '../harness/account.ts';

/** Somebody with keys of an account in moto. */
export type Person = { readonly arn: string; readonly key: Key };

const textIn = (xml: string, name: string): string => {
  const [text] = elements(xml, name);
  if (text === undefined) throw new Error(`moto answered without ${name}: ${xml}`);
  return text;
};

/** A user of IAM, with an access key. */
export async function userOf(account: Account, UserName: string, identity: CallerIdentity): Promise<Person> {
  const arn = textIn(await askQuery(account, 'test', 'iam', 'CreateUser', { UserName }), 'Arn');
  const keys = await askQuery(account, 'test', 'iam', 'CreateAccessKey', { UserName });
  const key = { accessKeyId: textIn(keys, 'AccessKeyId'), secretAccessKey: textIn(keys, 'SecretAccessKey') };
  identity.know(key, account);
  return { arn, key };
}

/** Somebody in a role for a while, as people are who log in by IAM Identity Center. */
export async function inRole(
  account: Account,
  RoleName: string,
  session: string,
  identity: CallerIdentity,
): Promise<Person> {
  const trust = { Version: '2012-10-17', Statement: [] };
  const AssumeRolePolicyDocument = JSON.stringify(trust);
  await askQuery(account, 'test', 'iam', 'CreateRole', { RoleName, AssumeRolePolicyDocument });
  const RoleArn = `arn:aws:iam::${account.id}:role/${RoleName}`;
  const xml = await askQuery(account, 'test', 'sts', 'AssumeRole', { RoleArn, RoleSessionName: session });
  const key = {
    accessKeyId: textIn(xml, 'AccessKeyId'),
    secretAccessKey: textIn(xml, 'SecretAccessKey'),
    sessionToken: textIn(xml, 'SessionToken'),
  };
  identity.know(key, account);
  return { arn: `arn:aws:sts::${account.id}:assumed-role/${RoleName}/${session}`, key };
}
