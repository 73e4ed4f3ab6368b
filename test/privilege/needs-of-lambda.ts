import { type Need, need } from './need.ts';

/** The parts of the REST API that functions use, by method and path. */
const invoke = /^\/2015-03-31\/functions\/([^/]+)\/invocations(?:\?.*)?$/;
const checkpoint = /^\/2025-12-01\/durable-executions\/([^/]+)\/checkpoint$/;
const execution = /^\/2025-12-01\/durable-executions\/([^/]+?)(?:\?.*)?$/;
const state = /^\/2025-12-01\/durable-executions\/([^/]+)\/state(?:\?.*)?$/;

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
  const [, read] = state.exec(path) ?? [];
  if (method === 'GET' && read !== undefined)
    return [need('lambda:GetDurableExecutionState', decodeURIComponent(read))];
  const [, looked] = execution.exec(path) ?? [];
  if (method === 'GET' && looked !== undefined) return [need('lambda:GetDurableExecution', decodeURIComponent(looked))];
  throw new Error(`No test knows which permissions lambda ${method} ${path} needs.`);
}
