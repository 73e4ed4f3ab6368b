import {
  GetFunctionConcurrencyCommand,
  GetPolicyCommand,
  LambdaClient,
  ListAliasesCommand,
  ListFunctionsCommand,
  ListVersionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import type { Account } from '../../harness/account.ts';
import { askRest } from '../ask.ts';

/** Functions with their versions, aliases, permissions and settings. */
export async function functions(account: Account): Promise<Readonly<Record<string, unknown>>> {
  const client = new LambdaClient(account.client());
  const { Functions = [] } = await client.send(new ListFunctionsCommand({}));
  const found = Functions.map(async (configuration) => {
    const FunctionName = configuration.FunctionName ?? '';
    const [versions, aliases, policy, events, concurrency] = await Promise.all([
      client.send(new ListVersionsByFunctionCommand({ FunctionName })),
      client.send(new ListAliasesCommand({ FunctionName })),
      orNone(client.send(new GetPolicyCommand({ FunctionName }))),
      // moto answers dates here that the SDK can't read.
      askRest(account, 'test', 'lambda', `/2019-09-25/functions/${FunctionName}/event-invoke-config/list`),
      client.send(new GetFunctionConcurrencyCommand({ FunctionName })),
    ]);
    return [FunctionName, { configuration, versions, aliases, policy, events, concurrency }] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}

async function orNone<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return null;
    throw error;
  }
}
