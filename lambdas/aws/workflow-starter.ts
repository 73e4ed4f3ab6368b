import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { executionName } from '../contract/names.ts';
import type { WorkflowStarter } from '../ports/workflow.ts';
import { isNamed } from './answers.ts';
import { repeatable } from './clients.ts';

/**
 * Starts `recover` for an incident. The execution is named after the incident and gets nothing but its id, so that starting
 * it again is harmless: Lambda knows the name (https://docs.aws.amazon.com/lambda/latest/dg/durable-execution-idempotency.html).
 */
export const awsWorkflowStarter = (
  pipeline: string,
  recoverFunction: string,
  client = new LambdaClient(repeatable),
): WorkflowStarter => ({
  start: async ({ incidentId }) => {
    try {
      await client.send(
        new InvokeCommand({
          FunctionName: recoverFunction,
          InvocationType: 'Event',
          DurableExecutionName: executionName(pipeline, incidentId),
          Payload: JSON.stringify({ incidentId }),
        }),
      );
    } catch (error) {
      if (!isNamed(error, 'DurableExecutionAlreadyStartedException')) throw error;
    }
  },
});
