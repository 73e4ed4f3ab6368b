import { sweepReads } from '../../lambdas/contract/permissions.ts';
import type { Permission } from './permission.ts';

// What Lambda itself does with a function's role.

/** Writing the function's logs (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html). */
export const ownLogsPermission = (logGroupArn: string): Permission => ({
  actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  resources: [logGroupArn],
  wider: 'Every log stream of its own log group: Lambda gives them names of its own.',
  neededBy: ['Lambda'],
});

/** Keeping what the function failed on (https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html). */
export const failuresPermission = (queueArn: string): Permission => ({
  actions: ['sqs:SendMessage'],
  resources: [queueArn],
  wider: null,
  neededBy: ['Lambda'],
});

/** What every durable function needs (https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html). */
export const checkpointPermission = (recoverArn: string): Permission => ({
  actions: ['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'],
  resources: [`${recoverArn}:*`],
  wider: 'The executions of all versions of this one function: their ids are not known beforehand.',
  neededBy: ['workflow'],
});

/** Reading what became of a workflow (https://docs.aws.amazon.com/lambda/latest/api/API_GetDurableExecution.html). */
export const executionsPermission = (recoverArn: string): Permission => ({
  actions: sweepReads.executions,
  resources: [`${recoverArn}:*`],
  wider: 'The executions of all versions of this one function: their ids are not known beforehand.',
  neededBy: ['executions'],
});
