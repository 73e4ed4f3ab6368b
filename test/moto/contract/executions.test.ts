import { LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { repeatable } from '../../../lambdas/aws/clients.ts';
import { awsExecutions } from '../../../lambdas/aws/executions.ts';
import { awsWorkflowStarter } from '../../../lambdas/aws/workflow-starter.ts';
import { DurableExecutions } from '../end-to-end/durable-executions.ts';
import { Account } from '../harness/account.ts';

const durable = new DurableExecutions(() => {});
let account: Account;
beforeAll(async () => {
  account = await Account.open('200000000032', [durable]);
});
afterEach(() => account.calm());
afterAll(() => account.close());

const alias = () => account.arn('lambda', 'function:paramedic-prod-recover:live');
const client = () => new LambdaClient({ ...repeatable, ...account.client() });
const stateOf = (incidentId: string) => awsExecutions('prod', alias(), client()).stateOf(incidentId);
const start = (incidentId: string) => awsWorkflowStarter('prod', alias(), client()).start({ incidentId });

describe('the workflow of an incident', () => {
  it('runs after it was started, and is not started again by being asked for', async () => {
    await start('20260105-120000-aaaaaaaa');
    expect(await stateOf('20260105-120000-aaaaaaaa')).toEqual({ kind: 'running' });
    expect(durable.started.size).toBe(1);
  });

  it('is started by being asked for when it never was', async () => {
    expect(await stateOf('20260105-120000-bbbbbbbb')).toEqual({ kind: 'running' });
    expect(durable.started.has('prod-20260105-120000-bbbbbbbb')).toBe(true);
  });

  it('has ended when Lambda says how and when', async () => {
    await start('20260105-120000-cccccccc');
    durable.ended.set('prod-20260105-120000-cccccccc', { Status: 'TIMED_OUT', EndTimestamp: 1767614400 });
    expect(await stateOf('20260105-120000-cccccccc')).toEqual({ kind: 'ended', at: 1767614400000, how: 'TIMED_OUT' });
  });

  it('is read in spite of a throttled call, and is an error while Lambda denies it', async () => {
    account.strike('lambda.GetDurableExecution', 'throttled', 1);
    expect(await stateOf('20260105-120000-dddddddd')).toEqual({ kind: 'running' });
    account.strike('lambda.GetDurableExecution', 'denied');
    await expect(stateOf('20260105-120000-dddddddd')).rejects.toThrow();
  });
});
