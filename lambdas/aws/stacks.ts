import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { Stacks } from '../ports/sight.ts';
import { needed } from './answers.ts';
import { reading } from './clients.ts';

/** What CloudFormation says of the stack that deploys a service. A stack that is named and is not there is an error. */
export const awsStacks = (client = new CloudFormationClient(reading)): Stacks => ({
  status: async ({ resources: { stack } }) => {
    if (stack === null) return null;
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stack }));
    return needed(Stacks?.[0]?.StackStatus, `DescribeStacks ${stack}`, 'StackStatus');
  },
});
