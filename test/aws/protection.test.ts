import { ECSClient } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { reading } from '../../lambdas/aws/clients.ts';
import { awsProtection } from '../../lambdas/aws/protection.ts';
import { cluster, settings, taskArn } from '../pipeline/build.ts';
import { failure, useRecordedAccount } from '../recorded/recorded-account.ts';

const aws = useRecordedAccount();
const operation = 'ecs.GetTaskProtection';
const read = (...tasks: readonly number[]) =>
  awsProtection(new ECSClient({ ...reading, endpoint: aws.endpoint })).of(
    settings(),
    tasks.map((n) => ({ cluster, task: taskArn(n) })),
  );

describe('awsProtection', () => {
  it('tells of each task whether it is protected, and leaves out what ECS cannot tell of', async () => {
    aws.answer({
      [operation]: {
        json: {
          protectedTasks: [
            { taskArn: taskArn(1), protectionEnabled: true, expirationDate: 1767600000 },
            { taskArn: taskArn(2), protectionEnabled: false },
          ],
          failures: [{ arn: taskArn(3), reason: 'TASK_NOT_VALID' }],
        },
      },
    });
    expect(await read(1, 2, 3)).toEqual({ [taskArn(1)]: true, [taskArn(2)]: false });
    expect(aws.bodies(operation)).toEqual([{ cluster, tasks: [taskArn(1), taskArn(2), taskArn(3)] }]);
  });

  it('asks for a hundred tasks at a time', async () => {
    aws.answer({ [operation]: { json: { protectedTasks: [], failures: [] } } });
    await read(...Array.from({ length: 101 }, (_, n) => n));
    const sizes = aws.bodies(operation).map((body) => (body as { tasks: string[] }).tasks.length);
    expect(sizes.sort((a, b) => a - b)).toEqual([1, 100]);
  });

  it('rejects an answer that does not say, and one that is denied', async () => {
    aws.answer({ [operation]: { json: { protectedTasks: [{ taskArn: taskArn(1) }] } } });
    await expect(read(1)).rejects.toThrow('GetTaskProtection answered without protectionEnabled.');
    aws.answer({ [operation]: { json: {} } });
    await expect(read(1)).rejects.toThrow('GetTaskProtection answered without protectedTasks.');
    aws.answer({ [operation]: failure('AccessDeniedException', 'Not authorized.') });
    await expect(read(1)).rejects.toThrow('Not authorized.');
  });
});
