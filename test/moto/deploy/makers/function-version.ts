import {
  DeleteFunctionCommand,
  LambdaClient,
  PublishVersionCommand,
  type PublishVersionCommandInput,
} from '@aws-sdk/client-lambda';
import { cloudFormation, type Maker, made } from './maker.ts';

/** AWS::Lambda::Version: moto publishes one, but answers Ref with the logical id where AWS answers the version's ARN. */
export const functionVersion: Maker = {
  create: async (properties, { account }) => {
    const input = properties as unknown as PublishVersionCommandInput;
    const { FunctionArn = '', Version = '' } = await new LambdaClient(account.client(cloudFormation)).send(
      new PublishVersionCommand(input),
    );
    return made(FunctionArn, { FunctionArn, Version });
  },
  // Every property of a version is fixed when it is published.
  identity: ['FunctionName', 'Description', 'CodeSha256'],
  delete: async ({ ref }, _, { account }) => {
    await new LambdaClient(account.client(cloudFormation)).send(new DeleteFunctionCommand({ FunctionName: ref }));
  },
};
