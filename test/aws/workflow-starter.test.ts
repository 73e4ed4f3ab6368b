import { LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { repeatable } from '../../lambdas/aws/clients.ts';
import { awsWorkflowStarter } from '../../lambdas/aws/workflow-starter.ts';
import { type RecordedAnswer, useRecordedAccount } from '../recorded/recorded-account.ts';

const aws = useRecordedAccount();
const alias = 'arn:aws:lambda:eu-central-1:123456789012:function:recover:live';
const start = () =>
  awsWorkflowStarter('prod', alias, new LambdaClient({ ...repeatable, endpoint: aws.endpoint })).start({
    incidentId: '20260105-120000-abcdefgh',
  });
const refusal = (type: string, status: number): RecordedAnswer => ({
  status,
  json: { Type: 'User', message: type },
  headers: { 'x-amzn-errortype': type },
});

describe('awsWorkflowStarter', () => {
  it('invokes the alias asynchronously, under a name made of pipeline and incident', async () => {
    aws.answer({ 'lambda.Invoke': { status: 202 } });
    await start();
    const [request] = aws.requests;
    expect(request).toMatchObject({ path: `/2015-03-31/functions/${encodeURIComponent(alias)}/invocations` });
    expect(request?.headers).toMatchObject({
      'x-amz-invocation-type': 'Event',
      'x-amz-durable-execution-name': 'prod-20260105-120000-abcdefgh',
    });
    expect(request?.body).toEqual({ incidentId: '20260105-120000-abcdefgh' });
  });

  it('finds it fine that the workflow runs already', async () => {
    aws.answer({ 'lambda.Invoke': refusal('DurableExecutionAlreadyStartedException', 409) });
    await start();
    expect(aws.requests).toHaveLength(1);
  });

  it.each([
    ['TooManyRequestsException', 429],
    ['ServiceException', 500],
  ])('starts it again after %s: the name makes that harmless', async (type, status) => {
    aws.answer({ 'lambda.Invoke': [refusal(type, status), { status: 202 }] });
    await start();
    expect(aws.requests).toHaveLength(2);
  });

  it('surfaces a function that is not there', async () => {
    aws.answer({ 'lambda.Invoke': refusal('ResourceNotFoundException', 404) });
    await expect(start()).rejects.toThrow('ResourceNotFoundException');
  });
});
