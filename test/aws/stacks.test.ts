import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { describe, expect, it } from 'vitest';
import { reading } from '../../lambdas/aws/clients.ts';
import { awsStacks } from '../../lambdas/aws/stacks.ts';
import { settings } from '../pipeline/build.ts';
import { useWire } from './wire.ts';
import { queryFailure, queryResult } from './wire-server.ts';

const wire = useWire();
const operation = 'cloudformation.DescribeStacks';
const read = (stack: string | null = 'shop/checkout') =>
  awsStacks(new CloudFormationClient({ ...reading, endpoint: wire.endpoint })).status(
    settings({ resources: { ...settings().resources, stack } }),
  );
const stacks = (status: string) =>
  queryResult(
    'DescribeStacks',
    `<Stacks><member><StackName>shop</StackName>${status}<Tags><member><Key>a</Key></member></Tags></member></Stacks>`,
  );

describe('awsStacks', () => {
  it('reads the status of the stack that is named', async () => {
    wire.server.answer({ [operation]: stacks('<StackStatus>UPDATE_IN_PROGRESS</StackStatus>') });
    expect(await read()).toBe('UPDATE_IN_PROGRESS');
    expect(wire.server.bodies(operation)).toEqual([
      { Action: 'DescribeStacks', Version: '2010-05-15', StackName: 'shop/checkout' },
    ]);
  });

  it('asks for none where none is named', async () => {
    expect(await read(null)).toBeNull();
    expect(wire.server.requests).toEqual([]);
  });

  it('rejects when there is no such stack, or it may not be read', async () => {
    wire.server.answer({ [operation]: queryFailure('ValidationError', 'Stack with id shop/checkout does not exist') });
    await expect(read()).rejects.toThrow('Stack with id shop/checkout does not exist');
    expect(wire.server.requests).toHaveLength(1);
  });

  it('rejects an answer without a status', async () => {
    wire.server.answer({ [operation]: stacks('') });
    await expect(read()).rejects.toThrow('DescribeStacks shop/checkout answered without StackStatus.');
  });

  it.each([
    ['throttled', queryFailure('Throttling', 'Rate exceeded')],
    ['answered with an error of the service', queryFailure('InternalFailure', 'Try later.', 500)],
    ['cut off', 'drop'],
  ] as const)('asks again when it is %s', async (_, first) => {
    wire.server.answer({ [operation]: [first, stacks('<StackStatus>UPDATE_COMPLETE</StackStatus>')] });
    expect(await read()).toBe('UPDATE_COMPLETE');
    expect(wire.server.requests).toHaveLength(2);
  });
});
