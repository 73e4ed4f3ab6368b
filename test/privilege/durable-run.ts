import type { DurableExecutionInvocationInput } from '@aws/durable-execution-sdk-js';
import { actionFunctionsIn } from '../../lambdas/aws/action-functions.ts';
import { durable } from '../../lambdas/aws/workflow.ts';
import { environment } from '../../lambdas/contract/environment.ts';
import type { ActionKind } from '../../lambdas/contract/names.ts';
import type { Responder, WireServer } from '../aws/wire-server.ts';
import type { Made } from './replay.ts';

/** Lambda's side of a durable execution: it hands out the rest of the state, and takes every checkpoint. */
const answers: Responder = ({ path }) => {
  if (path.includes('/state')) return { json: { Operations: [] } };
  return path.endsWith('/checkpoint') ? { json: { CheckpointToken: 'next', NewExecutionState: {} } } : undefined;
};

/**
 * What `recover` asks of Lambda for a step and for invoking an action, by the durable SDK itself: no simulated workflow
 * sends requests.
 */
export async function durableRequests(
  wire: WireServer,
  recoverVersion: string,
  actionFunctions: string,
  kind: ActionKind,
): Promise<readonly Made[]> {
  const functions = actionFunctionsIn(actionFunctions, environment.actionFunctions);
  const handler = durable(
    async (workflow) => {
      await workflow.step('look', async () => null);
      return workflow.act('act', kind, { incidentId: 'incident', orderId: '1' });
    },
    () => ({ ports: {}, functions }),
  );
  wire.respond(answers);
  const before = wire.requests.length;
  const event = invocation(`${recoverVersion}/durable-execution/simulated-incident/1`);
  await handler(event, context as Parameters<typeof handler>[1]);
  return wire.requests.slice(before).map((request) => ({ who: 'recover', port: 'workflow', request }));
}

/** An execution whose state did not fit into the event (https://docs.aws.amazon.com/lambda/latest/dg/durable-functions.html). */
const invocation = (DurableExecutionArn: string): DurableExecutionInvocationInput => ({
  DurableExecutionArn,
  CheckpointToken: 'first',
  InitialExecutionState: {
    Operations: [
      {
        Id: 'execution',
        Type: 'EXECUTION',
        Status: 'STARTED',
        ExecutionDetails: { InputPayload: '{}' },
        StartTimestamp: new Date(),
      },
    ],
    NextMarker: 'more',
  },
});

/** As much of Lambda's context as the durable SDK looks at. */
const context = { functionName: 'recover', awsRequestId: 'request', getRemainingTimeInMillis: () => 60_000 };
