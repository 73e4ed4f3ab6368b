import { DurableExecutionAlreadyStartedException, InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { executionName } from '../contract/names.ts';
import type { Start } from '../model/incident.ts';

/**
 * Starts `recover` for an incident. The execution is named after the incident and gets nothing but its id, so that starting
 * it again is harmless: Lambda knows the name, and answers with the execution that runs or has ended
 * (https://docs.aws.amazon.com/lambda/latest/dg/durable-execution-idempotency.html). Gives the execution's ARN, `undefined`
 * where Lambda does not say it.
 */
export async function startWorkflow(
  client: LambdaClient,
  pipeline: string,
  recoverFunction: string,
  { incidentId }: Start,
): Promise<string | undefined> {
  try {
    const answer = await client.send(
      new InvokeCommand({
        FunctionName: recoverFunction,
        InvocationType: 'Event',
        DurableExecutionName: executionName(pipeline, incidentId),
        Payload: JSON.stringify({ incidentId }),
      }),
    );
    return answer.DurableExecutionArn;
  } catch (error) {
    if (!(error instanceof DurableExecutionAlreadyStartedException)) throw error;
    return undefined;
  }
}
