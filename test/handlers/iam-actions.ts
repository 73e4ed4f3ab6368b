import type { WireRequest } from '../aws/wire-server.ts';

/** What IAM calls a transaction's writes: there is no action for the transaction itself. */
const ofWrite: Readonly<Record<string, string>> = {
  Put: 'dynamodb:PutItem',
  Update: 'dynamodb:UpdateItem',
  ConditionCheck: 'dynamodb:ConditionCheckItem',
};
/** What IAM calls an API, where that differs from the name it signs with, and calls that differ from their action. */
const apis: Readonly<Record<string, string>> = { monitoring: 'cloudwatch' };
const calls: Readonly<Record<string, string>> = { 'lambda.Invoke': 'lambda:InvokeFunction' };

/** The IAM actions that requests need, each once. */
export function neededActions(requests: readonly WireRequest[]): readonly string[] {
  return [...new Set(requests.flatMap(actionsOf))];
}

function actionsOf({ operation, body }: WireRequest): readonly string[] {
  if (operation === 'dynamodb.TransactWriteItems') {
    const { TransactItems } = body as { TransactItems: readonly object[] };
    return TransactItems.flatMap((item) => Object.keys(item)).map((kind) => ofWrite[kind] ?? kind);
  }
  const [api = '', name = ''] = operation.split('.');
  return [calls[operation] ?? `${apis[api] ?? api}:${name}`];
}
