import { LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { awsCallbacks } from '../../lambdas/aws/callbacks.ts';
import { repeatable } from '../../lambdas/aws/clients.ts';
import { useRecordedAccount } from '../recorded/recorded-account.ts';

const aws = useRecordedAccount();
/** As Lambda makes them. */
const id = 'eyJleGVjdXRpb25JZCI6IjRjZDJhMjQ5In0/+w==';
const path = `/2025-12-01/durable-execution-callbacks/${encodeURIComponent(id)}/succeed`;
const wake = () => awsCallbacks(new LambdaClient({ ...repeatable, endpoint: aws.endpoint })).wake(id);
const refusal = (type: string, status: number) => ({
  status,
  json: { message: type },
  headers: { 'x-amzn-errortype': type },
});

describe('awsCallbacks', () => {
  it('ends the wait and says nothing: the ledger says what was answered', async () => {
    aws.respond(() => ({ json: {} }));
    await wake();
    expect(aws.requests).toMatchObject([{ method: 'POST', path }]);
  });

  it('surfaces that nobody waits any more, having asked once', async () => {
    aws.respond(() => refusal('CallbackTimeoutException', 400));
    await expect(wake()).rejects.toThrow('CallbackTimeoutException');
    expect(aws.requests).toHaveLength(1);
  });

  it('asks again after trouble with Lambda: waking twice is waking once', async () => {
    let asked = 0;
    aws.respond(() => (++asked === 1 ? refusal('ServiceException', 500) : { json: {} }));
    await wake();
    expect(asked).toBe(2);
  });
});
