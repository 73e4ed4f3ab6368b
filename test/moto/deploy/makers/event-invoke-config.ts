import {
  DeleteFunctionEventInvokeConfigCommand,
  LambdaClient,
  PutFunctionEventInvokeConfigCommand,
  type PutFunctionEventInvokeConfigCommandInput,
} from '@aws-sdk/client-lambda';
import type { Properties } from '../template.ts';
import { cloudFormation, type Maker, made, type Site } from './maker.ts';

const client = ({ account }: Site) => new LambdaClient(account.client(cloudFormation));
/** The properties are called as the parameters of PutFunctionEventInvokeConfig are. */
const input = (properties: Properties) => properties as unknown as PutFunctionEventInvokeConfigCommandInput;

async function put(properties: Properties, site: Site) {
  await client(site).send(new PutFunctionEventInvokeConfigCommand(input(properties)));
  return made(site.logicalId);
}

export const eventInvokeConfig: Maker = {
  create: put,
  update: (properties, _, site) => put(properties, site),
  identity: ['FunctionName', 'Qualifier'],
  delete: async (_, properties, site) => {
    const { FunctionName, Qualifier } = input(properties);
    await client(site).send(new DeleteFunctionEventInvokeConfigCommand({ FunctionName, Qualifier }));
  },
};
