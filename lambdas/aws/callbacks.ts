import { LambdaClient, SendDurableExecutionCallbackSuccessCommand } from '@aws-sdk/client-lambda';
import type { Callbacks } from '../ports/workflow.ts';
import { repeatable } from './clients.ts';

/**
 * Ends the wait of a durable execution; what it says is in the ledger. One that has ended already is refused by Lambda
 * (https://docs.aws.amazon.com/lambda/latest/api/API_SendDurableExecutionCallbackSuccess.html).
 */
export const awsCallbacks = (client = new LambdaClient(repeatable)): Callbacks => ({
  wake: async (callbackId) => {
    await client.send(new SendDurableExecutionCallbackSuccessCommand({ CallbackId: callbackId }));
  },
});
