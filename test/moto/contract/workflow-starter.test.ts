import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { repeatable } from '../../../lambdas/aws/clients.ts';
import { awsWorkflowStarter } from '../../../lambdas/aws/workflow-starter.ts';
import { describeStarter } from '../../contract/starter-contract.ts';
import { DurableExecutions, type Started } from '../end-to-end/durable-executions.ts';
import { Account } from '../harness/account.ts';

const invoking = 'lambda.Invoke';
const started: Started[] = [];
let account: Account;
let bare: Account;
let made = 0;
beforeAll(async () => {
  account = await Account.open('200000000009', [new DurableExecutions((start) => started.push(start))]);
  bare = await Account.open('200000000010');
});
afterEach(() => account.calm());
afterAll(() => Promise.all([account.close(), bare.close()]));

const alias = (of: Account) => of.arn('lambda', 'function:paramedic-prod-recover:live');
const starter = (pipeline: string, of = account, change: object = {}) =>
  awsWorkflowStarter(pipeline, alias(of), new LambdaClient({ ...repeatable, ...of.client(), ...change }));
/** Names of executions are unique in an account: every test has a pipeline of its own. */
const pipeline = () => `prod-${++made}`;
const incidentId = '20260105-120000-abcdefgh';

describeStarter('Lambda', async () => {
  started.length = 0;
  return { starter: starter(pipeline()), begun: () => started.map(({ payload }) => payload) };
});

describe('a start of the workflow', () => {
  it('has a name Lambda takes, however long pipeline and incident are', async () => {
    await starter('p'.repeat(24)).start({ incidentId: `20260105-120000-${'a'.repeat(23)}` });
    expect(account.requests.at(-1)).toMatchObject({ operation: invoking, status: 202 });
  });

  it('finds it fine that another version has begun the workflow, with a payload of its own', async () => {
    started.length = 0;
    const name = pipeline();
    const invocation = { FunctionName: alias(account), InvocationType: 'Event', Payload: '{"of":"old"}' } as const;
    const DurableExecutionName = `${name}-${incidentId}`;
    await new LambdaClient(account.client()).send(new InvokeCommand({ ...invocation, DurableExecutionName }));
    await expect(starter(name).start({ incidentId })).resolves.toBeUndefined();
    expect(account.requests.at(-1)?.status).toBe(409);
    expect(started).toHaveLength(1);
  });

  it.each(['throttled', 'unavailable', 'unreachable', 'answer-lost'] as const)(
    'begins one workflow when a request is met by: %s',
    async (fault) => {
      started.length = 0;
      account.strike(invoking, fault, 1);
      await starter(pipeline()).start({ incidentId });
      expect(started).toHaveLength(1);
    },
  );

  it('begins one when every answer is lost and it is started again with the next signal', async () => {
    started.length = 0;
    const name = pipeline();
    account.strike(invoking, 'answer-lost');
    await expect(starter(name, account, { maxAttempts: 2 }).start({ incidentId })).rejects.toThrow();
    account.calm();
    await starter(name).start({ incidentId });
    expect(started).toHaveLength(1);
  });

  it('is an error when there is no such function', async () => {
    await expect(starter(pipeline(), bare).start({ incidentId })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    expect(bare.asked(invoking)).toHaveLength(1);
  });
});
