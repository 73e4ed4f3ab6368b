import {
  CreateAliasCommand,
  type CreateAliasCommandInput,
  DeleteAliasCommand,
  LambdaClient,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import type { Properties } from '../template.ts';
import { cloudFormation, type Maker, made, type Site } from './maker.ts';

const client = ({ account }: Site) => new LambdaClient(account.client(cloudFormation));
/** The properties are called as the parameters of CreateAlias are. */
const input = (properties: Properties) => properties as unknown as CreateAliasCommandInput;

export const functionAlias: Maker = {
  create: async (properties, site) => {
    const { AliasArn = '' } = await client(site).send(new CreateAliasCommand(input(properties)));
    return made(AliasArn, { AliasArn });
  },
  update: async (properties, was, site) => {
    await client(site).send(new UpdateAliasCommand(input(properties)));
    return was;
  },
  identity: ['FunctionName', 'Name'],
  delete: async (_, properties, site) => {
    const { FunctionName, Name } = input(properties);
    await client(site).send(new DeleteAliasCommand({ FunctionName, Name }));
  },
};
