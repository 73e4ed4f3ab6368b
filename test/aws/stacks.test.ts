import { describe, expect, it } from 'vitest';
import { awsStacks } from '../../lambdas/aws/stacks.ts';
import { settings } from '../pipeline/build.ts';
import { noPause, queryFailure, queryResult, useRecordedAccount } from '../recorded/recorded-account.ts';

const aws = useRecordedAccount();
const operation = 'cloudformation.DescribeStacks';
const env = () => ({
  AWS_REGION: 'eu-central-1',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  AWS_ENDPOINT_URL_CLOUDFORMATION: aws.endpoint,
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
});
const read = (stack: string | null = 'shop/checkout') =>
  awsStacks(env(), noPause()).status(settings({ resources: { ...settings().resources, stack } }));
const stacks = (status: string) =>
  queryResult(
    'DescribeStacks',
    `<Stacks><member><StackName>shop</StackName>${status}<Tags><member><Key>a</Key></member></Tags></member></Stacks>`,
  );

describe('awsStacks', () => {
  it('reads the status of the stack that is named', async () => {
    aws.answer({ [operation]: stacks('<StackStatus>UPDATE_IN_PROGRESS</StackStatus>') });
    expect(await read()).toBe('UPDATE_IN_PROGRESS');
    const [request] = aws.requests;
    expect(request?.body).toEqual({ Action: 'DescribeStacks', Version: '2010-05-15', StackName: 'shop/checkout' });
    expect(request?.headers.authorization).toMatch(/\/eu-central-1\/cloudformation\/aws4_request/);
  });

  it('asks for none where none is named', async () => {
    expect(await read(null)).toBeNull();
    expect(aws.requests).toEqual([]);
  });

  it('rejects when there is no such stack, or it may not be read', async () => {
    aws.answer({ [operation]: queryFailure('ValidationError', 'Stack with id shop/checkout does not exist') });
    await expect(read()).rejects.toThrow(
      'DescribeStacks shop/checkout: ValidationError. Stack with id shop/checkout does not exist',
    );
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
