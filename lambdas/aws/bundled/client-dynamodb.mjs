// Generated from @aws-sdk/client-dynamodb 3.1142.0 by `npm run generate`; do not edit.
import { AwsJson1_0Protocol } from '@aws-sdk/core/protocols';
import { DynamoDBJsonCodec2 } from '@aws-sdk/dynamodb-codec';
import { defaultEndpointResolver } from '../../../node_modules/@aws-sdk/client-dynamodb/dist-es/endpoint/endpointResolver.js';
import { clientOf, commandsOf, errorOf } from './service-client.mjs';

const s0 = [9, "com.amazonaws.dynamodb", "GetItem", 0, () => s1, () => s6];
const s1 = [3, "com.amazonaws.dynamodb", "GetItemInput", 0, ["TableName", "Key", "ConsistentRead", "ExpressionAttributeNames"], [0, () => s2, 2, 128], 2];
const s2 = [2, "com.amazonaws.dynamodb", "Key", 0, 0, () => s3];
const s3 = [4, "com.amazonaws.dynamodb", "AttributeValue", 0, ["S", "N", "B", "SS", "NS", "BS", "M", "L", "NULL", "BOOL"], [0, 0, 21, 64, 64, 85, () => s4, () => s5, 2, 2]];
const s4 = [2, "com.amazonaws.dynamodb", "MapAttributeValue", 0, 0, () => s3];
const s5 = [1, "com.amazonaws.dynamodb", "ListAttributeValue", 0, () => s3];
const s6 = [3, "com.amazonaws.dynamodb", "GetItemOutput", 0, ["Item"], [() => s7]];
const s7 = [2, "com.amazonaws.dynamodb", "AttributeMap", 0, 0, () => s3];
const s8 = [9, "com.amazonaws.dynamodb", "Query", 0, () => s9, () => s11];
const s9 = [3, "com.amazonaws.dynamodb", "QueryInput", 0, ["TableName", "ConsistentRead", "ExclusiveStartKey", "KeyConditionExpression", "ExpressionAttributeNames", "ExpressionAttributeValues"], [0, 2, () => s2, 0, 128, () => s10], 1];
const s10 = [2, "com.amazonaws.dynamodb", "ExpressionAttributeValueMap", 0, 0, () => s3];
const s11 = [3, "com.amazonaws.dynamodb", "QueryOutput", 0, ["Items", "Count", "LastEvaluatedKey"], [() => s12, 1, () => s2]];
const s12 = [1, "com.amazonaws.dynamodb", "ItemList", 0, () => s7];
const s13 = [9, "com.amazonaws.dynamodb", "TransactWriteItems", 0, () => s14, () => s21];
const s14 = [3, "com.amazonaws.dynamodb", "TransactWriteItemsInput", 0, ["TransactItems", "ClientRequestToken"], [() => s15, [0, 4]], 1];
const s15 = [1, "com.amazonaws.dynamodb", "TransactWriteItemList", 0, () => s16];
const s16 = [3, "com.amazonaws.dynamodb", "TransactWriteItem", 0, ["ConditionCheck", "Put", "Update"], [() => s17, () => s18, () => s20]];
const s17 = [3, "com.amazonaws.dynamodb", "ConditionCheck", 0, ["Key", "TableName", "ConditionExpression", "ExpressionAttributeNames", "ExpressionAttributeValues", "ReturnValuesOnConditionCheckFailure"], [() => s2, 0, 0, 128, () => s10, 0], 3];
const s18 = [3, "com.amazonaws.dynamodb", "Put", 0, ["Item", "TableName", "ConditionExpression", "ExpressionAttributeNames", "ExpressionAttributeValues", "ReturnValuesOnConditionCheckFailure"], [() => s19, 0, 0, 128, () => s10, 0], 2];
const s19 = [2, "com.amazonaws.dynamodb", "PutItemInputAttributeMap", 0, 0, () => s3];
const s20 = [3, "com.amazonaws.dynamodb", "Update", 0, ["Key", "UpdateExpression", "TableName", "ConditionExpression", "ExpressionAttributeNames", "ExpressionAttributeValues", "ReturnValuesOnConditionCheckFailure"], [() => s2, 0, 0, 0, 128, () => s10, 0], 3];
const s21 = [3, "com.amazonaws.dynamodb", "TransactWriteItemsOutput", 0, [], []];
const s22 = [-3, "com.amazonaws.dynamodb", "TransactionCanceledException", { "error": "client" }, ["Message", "CancellationReasons"], [0, () => s23]];
const s23 = [1, "com.amazonaws.dynamodb", "CancellationReasonList", 0, () => s24];
const s24 = [3, "com.amazonaws.dynamodb", "CancellationReason", 0, ["Item", "Code", "Message"], [() => s7, 0, 0]];
const s25 = [-3, "com.amazonaws.dynamodb", "ReplicatedWriteConflictException", { "error": "client" }, ["message"], [0]];

const service = {
  clientName: "DynamoDBClient",
  serviceId: "DynamoDB",
  sdkVersion: "3.1142.0",
  apiVersion: "2012-08-10",
  signingName: "dynamodb",
  defaultMaxAttempts: 4,
  baseDelay: 25,
  protocol: AwsJson1_0Protocol,
  protocolSettings: {"defaultNamespace":"com.amazonaws.dynamodb","xmlNamespace":"http://dynamodb.amazonaws.com/doc/2012-08-10/","version":"2012-08-10","serviceTarget":"DynamoDB_20120810"},
  codec: DynamoDBJsonCodec2,
  endpointProvider: defaultEndpointResolver,
};
const command = /* @__PURE__ */ commandsOf(service);

export const DynamoDBClient = /* @__PURE__ */ clientOf(service);
export const GetItemCommand = /* @__PURE__ */ command(s0);
export const QueryCommand = /* @__PURE__ */ command(s8);
export const TransactWriteItemsCommand = /* @__PURE__ */ command(s13);
export const TransactionCanceledException = /* @__PURE__ */ errorOf(service, s22);
errorOf(service, s25, { $retryable: {} });
