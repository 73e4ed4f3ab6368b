import { LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { repeatable } from '../../lambdas/aws/clients.ts';
import { awsExecutions } from '../../lambdas/aws/executions.ts';
import { type RecordedAnswer, useRecordedAccount } from '../recorded/recorded-account.ts';

const aws = useRecordedAccount();
const alias = 'arn:aws:lambda:eu-central-1:123456789012:function:recover:live';
const arn =
  'arn:aws:lambda:eu-central-1:123456789012:function:recover:7/durable-execution/prod-20260105-120000-abcdefgh/1';
const path = `/2025-12-01/durable-executions/${encodeURIComponent(arn)}?IncludeExecutionData=false`;
const refusal = (type: string, status: number): RecordedAnswer => ({
  status,
  json: { Type: 'User', message: type },
  headers: { 'x-amzn-errortype': type },
});

const stateOf = (execution: RecordedAnswer, start?: RecordedAnswer) => {
  const started: RecordedAnswer = { status: 202, headers: { 'x-amz-durable-execution-arn': arn } };
  aws.answer({ 'lambda.Invoke': start ?? started, 'lambda.GetDurableExecution': execution });
  const client = new LambdaClient({ ...repeatable, maxAttempts: 1, endpoint: aws.endpoint });
  return awsExecutions('prod', alias, client).stateOf('20260105-120000-abcdefgh');
};

describe('the workflow of an incident', () => {
  it('is found by starting it once more under its name, and looked at without its data', async () => {
    expect(await stateOf({ json: { Status: 'RUNNING' } })).toEqual({ kind: 'running' });
    expect(aws.requests[0]?.headers).toMatchObject({
      'x-amz-invocation-type': 'Event',
      'x-amz-durable-execution-name': 'prod-20260105-120000-abcdefgh',
    });
    expect(aws.requests[1]).toMatchObject({ method: 'GET', path });
  });

  it.each(['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'STOPPED'])('has ended when it is %s', async (Status) => {
    const answer = { json: { Status, EndTimestamp: 1767614400 } };
    expect(await stateOf(answer)).toEqual({ kind: 'ended', at: 1767614400000, how: Status });
  });

  it('is unknown where Lambda names no execution, or knows none of that name any more', async () => {
    expect(await stateOf({ json: {} }, { status: 202 })).toEqual({ kind: 'unknown' });
    const other = refusal('DurableExecutionAlreadyStartedException', 409);
    expect(await stateOf({ json: {} }, other)).toEqual({ kind: 'unknown' });
    expect(await stateOf(refusal('ResourceNotFoundException', 404))).toEqual({ kind: 'unknown' });
  });

  it('cannot be told when Lambda does not answer, or without a status', async () => {
    await expect(stateOf(refusal('TooManyRequestsException', 429))).rejects.toThrow();
    await expect(stateOf({ json: {} })).rejects.toThrow('GetDurableExecution answered without Status');
    await expect(stateOf({ json: { Status: 'FAILED' } })).rejects.toThrow('EndTimestamp');
  });
});
