import { type Context, type Need, need } from './need.ts';
import type { Surroundings } from './surroundings.ts';

type Attributes = Readonly<Record<string, { readonly S?: string }>>;
type Write = { readonly TableName: string; readonly Item?: Attributes; readonly Key?: Attributes };
type Query = { readonly TableName: string; readonly ExpressionAttributeValues: Attributes };

/** What IAM calls a transaction's writes: there is no action for the transaction itself. */
const ofWrite: Readonly<Record<string, string>> = {
  Put: 'dynamodb:PutItem',
  Update: 'dynamodb:UpdateItem',
  Delete: 'dynamodb:DeleteItem',
  ConditionCheck: 'dynamodb:ConditionCheckItem',
};

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html */
export function needsOfDynamoDb(operation: string, body: unknown, around: Surroundings): readonly Need[] {
  return [...itemNeeds(operation, body, around), decrypting(around)];
}

function itemNeeds(operation: string, body: unknown, around: Surroundings): readonly Need[] {
  switch (operation) {
    case 'GetItem':
    case 'PutItem':
      return [item(`dynamodb:${operation}`, body as Write, around)];
    case 'Query': {
      const { TableName, ExpressionAttributeValues } = body as Query;
      return [item('dynamodb:Query', { TableName, Key: { pk: ExpressionAttributeValues[':pk'] ?? {} } }, around)];
    }
    case 'TransactWriteItems': {
      const { TransactItems } = body as { readonly TransactItems: readonly Readonly<Record<string, Write>>[] };
      const inside: Context = { 'dynamodb:EnclosingOperation': ['TransactWriteItems'] };
      return TransactItems.flatMap((one) => Object.entries(one)).map(([kind, write]) => {
        const action = ofWrite[kind];
        if (action === undefined) throw new Error(`A transaction with ${kind}, which no test knows.`);
        return item(action, write, around, inside);
      });
    }
    default:
      throw new Error(`No test knows which permissions dynamodb.${operation} needs.`);
  }
}

function item(action: string, write: Write, around: Surroundings, context: Context = {}): Need {
  const { partition, region, account } = around;
  const leading = (write.Item ?? write.Key)?.pk?.S;
  if (leading === undefined) throw new Error(`${action} without a key: ${JSON.stringify(write)}`);
  const table = `arn:${partition}:dynamodb:${region}:${account}:table/${write.TableName}`;
  return need(action, table, { ...context, 'dynamodb:LeadingKeys': [leading] });
}

/**
 * Whoever reaches an item makes DynamoDB decrypt the table's key on its behalf
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html).
 */
const decrypting = ({ region, keyArn }: Surroundings): Need =>
  need('kms:Decrypt', keyArn, { 'kms:ViaService': [`dynamodb.${region}.amazonaws.com`] });
