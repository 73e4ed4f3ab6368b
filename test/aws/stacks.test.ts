import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { describe, expect, it } from 'vitest';
import { reading } from '../../lambdas/aws/clients.ts';
import { awsStacks } from '../../lambdas/aws/stacks.ts';
import { settings } from '../pipeline/build.ts';
import { queryFailure, queryResult, useRecordedAccount } from '../recorded/recorded-account.ts';

const aws = useRecordedAccount();
const operation = 'cloudformation.DescribeStacks';
const read = (stack: string | null = 'shop/checkout') =>
  awsStacks(new CloudFormationClient({ ...reading, endpoint: aws.endpoint })).status(
    settings({ resources: { ...settings().resources, stack } }),
  );
const stacks = (status: string) =>
  queryResult(
    'DescribeStacks',
    `<Stacks><member><StackName>shop</StackName>${status}<Tags><member><Key>a</Key></member></Tags></member></Stacks>`,
  );

describe('awsStacks', () => {
  it('reads the status of the stack that is named', async () => {
    aws.answer({ [operation]: stacks('<StackStatus>UPDATE_IN_PROGRESS</StackStatus>') });
    expect(await read()).toBe('UPDATE_IN_PROGRESS');
    expect(aws.bodies(operation)).toEqual([
      { Action: 'DescribeStacks', Version: '2010-05-15', StackName: 'shop/checkout' },
    ]);
  });

  it('asks for none where none is named', async () => {
    expect(await read(null)).toBeNull();
    expect(aws.requests).toEqual([]);
  });

  it('rejects when there is no such stack, or it may not be read', async () => {
    aws.answer({ [operation]: queryFailure('ValidationError', 'Stack with id shop/checkout does not exist') });
    await expect(read()).rejects.toThrow('Stack with id shop/checkout does not exist');
    expect(aws.requests).toHaveLength(1);
  });

  it('rejects an answer without a status', async () => {
    aws.answer({ [operation]: stacks('') });
    await expect(read()).rejects.toThrow('DescribeStacks shop/checkout answered without StackStatus.');
  });

  it.each([
    ['throttled', queryFailure('Throttling', 'Rate exceeded')],
    ['answered with an error of the service', queryFailure('InternalFailure', 'Try later.', 500)],
    ['cut off', 'drop'],
  ] as const)('asks again when it is %s', async (_, first) => {
    aws.answer({ [operation]: [first, stacks('<StackStatus>UPDATE_COMPLETE</StackStatus>')] });
    expect(await read()).toBe('UPDATE_COMPLETE');
    expect(aws.requests).toHaveLength(2);
  });
});
