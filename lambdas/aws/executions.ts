import { GetDurableExecutionCommand, LambdaClient, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import type { ExecutionState, Executions } from '../ports/sweep.ts';
import { instant, needed } from './answers.ts';
import { repeatable } from './clients.ts';
import { startWorkflow } from './start-workflow.ts';

const call = 'GetDurableExecution';

/**
 * What became of an incident's workflow. Executions are found by ARN, and the answer to a start under a known name gives it:
 * whether a list of executions by name has those of all versions is documented in two ways.
 */
export const awsExecutions = (
  pipeline: string,
  recoverFunction: string,
  client = new LambdaClient(repeatable),
): Executions => ({
  stateOf: async (incidentId) => {
    const arn = await startWorkflow(client, pipeline, recoverFunction, { incidentId });
    return arn === undefined ? { kind: 'unknown' } : stateOf(client, arn);
  },
});

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetDurableExecution.html */
async function stateOf(client: LambdaClient, arn: string): Promise<ExecutionState> {
  try {
    const request = { DurableExecutionArn: arn, IncludeExecutionData: false };
    const answer = await client.send(new GetDurableExecutionCommand(request));
    const how = needed(answer.Status, call, 'Status');
    if (how === 'RUNNING') return { kind: 'running' };
    return { kind: 'ended', at: instant(answer.EndTimestamp, call, 'EndTimestamp'), how };
  } catch (error) {
    // It was begun a moment ago, or its time is long past.
    if (error instanceof ResourceNotFoundException) return { kind: 'unknown' };
    throw error;
  }
}
