import { LambdaClient } from '@aws-sdk/client-lambda';
import type { WorkflowStarter } from '../ports/workflow.ts';
import { repeatable } from './clients.ts';
import { startWorkflow } from './start-workflow.ts';

/** Starts the workflow of an incident, once however often it is asked. */
export const awsWorkflowStarter = (
  pipeline: string,
  recoverFunction: string,
  client = new LambdaClient(repeatable),
): WorkflowStarter => ({
  start: async (start) => {
    await startWorkflow(client, pipeline, recoverFunction, start);
  },
});
