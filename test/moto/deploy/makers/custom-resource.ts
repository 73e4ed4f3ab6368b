import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { runProvider } from '../run-provider.ts';
import type { Made, Properties } from '../template.ts';
import { unpack } from '../unpack.ts';
import { cloudFormation, type Maker, made, type Site, text } from './maker.ts';

type Request = { readonly RequestType: 'Create' | 'Update' | 'Delete'; readonly PhysicalResourceId?: string };

/** Custom::*: the deployed code of the provider is run as CloudFormation would have Lambda run it. */
async function ask(request: Request, properties: Properties, { account, stackId, logicalId }: Site): Promise<Made> {
  const { FunctionName = '', Environment } = await new LambdaClient(account.client(cloudFormation)).send(
    new GetFunctionConfigurationCommand({ FunctionName: text(properties, 'ServiceToken') }),
  );
  const environment = { ...account.environment(FunctionName), ...Environment?.Variables };
  const event = {
    ...request,
    StackId: stackId,
    RequestId: `${logicalId}-${request.RequestType}`,
    LogicalResourceId: logicalId,
    ResourceProperties: texts(properties),
  };
  const folder = mkdtempSync(join(tmpdir(), 'paramedic-provider-'));
  try {
    await unpack(account, FunctionName, folder);
    const { Status, Reason, PhysicalResourceId, Data } = await runProvider(folder, environment, event);
    if (Status !== 'SUCCESS') throw new Error(`${logicalId}: ${Reason}`);
    return made(PhysicalResourceId, Data);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** CloudFormation gives a provider every scalar as text. */
function texts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(texts);
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, texts(part)]));
}

export const customResource: Maker = {
  create: (properties, site) => ask({ RequestType: 'Create' }, properties, site),
  update: (properties, { ref }, site) => ask({ RequestType: 'Update', PhysicalResourceId: ref }, properties, site),
  identity: ['ServiceToken'],
  delete: async ({ ref }, properties, site) => {
    await ask({ RequestType: 'Delete', PhysicalResourceId: ref }, properties, site);
  },
};
