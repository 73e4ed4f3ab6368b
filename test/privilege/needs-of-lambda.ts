import { type Need, need } from './need.ts';

/** The parts of the REST API that functions use, by method and path. */
const invoke = /^\/2015-03-31\/functions\/([^/]+)\/invocations(?:\?.*)?$/;
const checkpoint = /^\/2025-12-01\/durable-executions\/([^/]+)\/checkpoint$/;
const execution = /^\/2025-12-01\/durable-executions\/([^/]+?)(?:\?.*)?$/;
const state = /^\/2025-12-01\/durable-executions\/([^/]+)\/state(?:\?.*)?$/;

const succeed = /^\/2025-12-01\/durable-execution-callbacks\/([^/]+)\/succeed$/;

type Update = { readonly ChainedInvokeOptions?: { readonly FunctionName?: string } };

/** https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html */
export function needsOfLambda(method: string, path: string, body: unknown): readonly Need[] {
  const [, invoked] = invoke.exec(path) ?? [];
  if (method === 'POST' && invoked !== undefined) return [need('lambda:InvokeFunction', decodeURIComponent(invoked))];
  const [, checkpointed] = checkpoint.exec(path) ?? [];
  if (method === 'POST' && checkpointed !== undefined) {
    const { Updates = [] } = body as { readonly Updates?: readonly Update[] };
    // Lambda invokes what a checkpoint asks for, with the role of the function that asks.
    const chained = Updates.map(({ ChainedInvokeOptions }) => ChainedInvokeOptions?.FunctionName);
    return [
      need('lambda:CheckpointDurableExecution', decodeURIComponent(checkpointed)),
      ...chained.filter((name) => name !== undefined).map((name) => need('lambda:InvokeFunction', name)),
    ];
  }
  const [, completed] = succeed.exec(path) ?? [];
  if (method === 'POST' && completed !== undefined)
    return [need('lambda:SendDurableExecutionCallbackSuccess', executionOfCallback(decodeURIComponent(completed)))];
  const [, read] = state.exec(path) ?? [];
  if (method === 'GET' && read !== undefined)
    return [need('lambda:GetDurableExecutionState', decodeURIComponent(read))];
  const [, looked] = execution.exec(path) ?? [];
  if (method === 'GET' && looked !== undefined) return [need('lambda:GetDurableExecution', decodeURIComponent(looked))];
  throw new Error(`No test knows which permissions lambda ${method} ${path} needs.`);
}

/**
 * Lambda asks for the execution that created the callback
 * (https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html#durable-callback-permissions). Which that is, a real id
 * does not show; in these tests it is the execution's ARN in Base64, as `callbackOf` makes it.
 */
const executionOfCallback = (id: string): string => Buffer.from(id, 'base64').toString('utf8');
export const callbackOf = (execution: string): string => Buffer.from(execution).toString('base64');
