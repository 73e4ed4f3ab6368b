// Generated from @aws-sdk/client-cloudwatch-logs 3.1142.0 by `npm run generate`; do not edit.
import { AwsJson1_1Protocol } from '@aws-sdk/core/protocols';
import { defaultEndpointResolver } from '../../../node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/endpoint/endpointResolver.js';
import { clientOf, commandsOf } from './service-client.mjs';

const s0 = [9, "com.amazonaws.cloudwatchlogs", "GetQueryResults", 0, () => s1, () => s2];
const s1 = [3, "com.amazonaws.cloudwatchlogs", "GetQueryResultsRequest", 0, ["queryId", "nextToken"], [0, 0], 1];
const s2 = [3, "com.amazonaws.cloudwatchlogs", "GetQueryResultsResponse", 0, ["results", "status", "nextToken"], [() => s3, 0, 0]];
const s3 = [1, "com.amazonaws.cloudwatchlogs", "QueryResults", 0, () => s4];
const s4 = [1, "com.amazonaws.cloudwatchlogs", "ResultRows", 0, () => s5];
const s5 = [3, "com.amazonaws.cloudwatchlogs", "ResultField", 0, ["field", "value"], [0, 0]];
const s6 = [9, "com.amazonaws.cloudwatchlogs", "StartQuery", 0, () => s7, () => s8];
const s7 = [3, "com.amazonaws.cloudwatchlogs", "StartQueryRequest", 0, ["startTime", "endTime", "queryString", "logGroupName", "limit"], [1, 1, 0, 0, 1], 3];
const s8 = [3, "com.amazonaws.cloudwatchlogs", "StartQueryResponse", 0, ["queryId"], [0]];
const s9 = [9, "com.amazonaws.cloudwatchlogs", "StopQuery", 0, () => s10, () => s11];
const s10 = [3, "com.amazonaws.cloudwatchlogs", "StopQueryRequest", 0, ["queryId"], [0], 1];
const s11 = [3, "com.amazonaws.cloudwatchlogs", "StopQueryResponse", 0, [], []];

const service = {
  clientName: "CloudWatchLogsClient",
  serviceId: "CloudWatch Logs",
  sdkVersion: "3.1142.0",
  apiVersion: "2014-03-28",
  signingName: "logs",
  defaultMaxAttempts: 3,
  baseDelay: 50,
  protocol: AwsJson1_1Protocol,
  protocolSettings: {"defaultNamespace":"com.amazonaws.cloudwatchlogs","xmlNamespace":"http://monitoring.amazonaws.com/doc/2014-03-28/","version":"2014-03-28","serviceTarget":"Logs_20140328"},
  endpointProvider: defaultEndpointResolver,
};
const command = /* @__PURE__ */ commandsOf(service);

export const CloudWatchLogsClient = /* @__PURE__ */ clientOf(service);
export const GetQueryResultsCommand = /* @__PURE__ */ command(s0);
export const StartQueryCommand = /* @__PURE__ */ command(s6);
export const StopQueryCommand = /* @__PURE__ */ command(s9);
