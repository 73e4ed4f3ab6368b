import { GetFunctionConcurrencyCommand, GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Account } from '../harness/account.ts';
import type { Template } from './template.ts';

/** Properties that say where the code is, or which have a value known only after the deployment. */
const elsewhere: ReadonlySet<string> = new Set(['Code', 'FunctionName', 'Role', 'Environment']);

/** Names of properties of functions that the template has and that moto's API doesn't answer with the same value. */
export async function forgottenProperties(
  account: Account,
  template: Template,
  physicalId: (logicalId: string) => string,
): Promise<readonly string[]> {
  const client = new LambdaClient(account.client());
  const functions = Object.entries(template.Resources).filter(([, { Type }]) => Type === 'AWS::Lambda::Function');
  const found = functions.map(async ([logicalId, { Properties = {} }]) => {
    const FunctionName = physicalId(logicalId);
    const kept: Readonly<Record<string, unknown>> = {
      ...(await client.send(new GetFunctionConfigurationCommand({ FunctionName }))),
      ...(await client.send(new GetFunctionConcurrencyCommand({ FunctionName }))),
    };
    return Object.entries(Properties)
      .filter(([name, value]) => !elsewhere.has(name) && JSON.stringify(kept[name]) !== JSON.stringify(value))
      .map(([name]) => name);
  });
  return [...new Set((await Promise.all(found)).flat())].sort();
}
