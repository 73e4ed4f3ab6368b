// Generated from @aws-sdk/client-lambda 3.1142.0 by `npm run generate`; do not edit.
import { AwsRestJsonProtocol } from '@aws-sdk/core/protocols';
import { defaultEndpointResolver } from '../../../node_modules/@aws-sdk/client-lambda/dist-es/endpoint/endpointResolver.js';
import { clientOf, commandsOf } from './service-client.mjs';

const s0 = [9, "com.amazonaws.lambda", "CheckpointDurableExecution", { "http": ["POST", "/2025-12-01/durable-executions/{DurableExecutionArn}/checkpoint", 200] }, () => s1, () => s16];
const s1 = [3, "com.amazonaws.lambda", "CheckpointDurableExecutionRequest", 0, ["DurableExecutionArn", "CheckpointToken", "Updates", "ClientToken"], [[0, 1], 0, [() => s2, 0], [0, 4]], 2];
const s2 = [1, "com.amazonaws.lambda", "OperationUpdates", 0, [() => s3, 0]];
const s3 = [3, "com.amazonaws.lambda", "OperationUpdate", 0, ["Id", "Type", "Action", "ParentId", "Name", "SubType", "Payload", "Error", "ContextOptions", "StepOptions", "WaitOptions", "CallbackOptions", "ChainedInvokeOptions"], [0, 0, 0, 0, 0, 0, [() => s4, 0], [() => s5, 0], () => s11, () => s12, () => s13, () => s14, () => s15], 3];
const s4 = [0, "com.amazonaws.lambda", "OperationPayload", 8, 0];
const s5 = [3, "com.amazonaws.lambda", "ErrorObject", 0, ["ErrorMessage", "ErrorType", "ErrorData", "StackTrace"], [[() => s6, 0], [() => s7, 0], [() => s8, 0], [() => s9, 0]]];
const s6 = [0, "com.amazonaws.lambda", "ErrorMessage", 8, 0];
const s7 = [0, "com.amazonaws.lambda", "ErrorType", 8, 0];
const s8 = [0, "com.amazonaws.lambda", "ErrorData", 8, 0];
const s9 = [1, "com.amazonaws.lambda", "StackTraceEntries", 0, [() => s10, 0]];
const s10 = [0, "com.amazonaws.lambda", "StackTraceEntry", 8, 0];
const s11 = [3, "com.amazonaws.lambda", "ContextOptions", 0, ["ReplayChildren"], [2]];
const s12 = [3, "com.amazonaws.lambda", "StepOptions", 0, ["NextAttemptDelaySeconds"], [1]];
const s13 = [3, "com.amazonaws.lambda", "WaitOptions", 0, ["WaitSeconds"], [1]];
const s14 = [3, "com.amazonaws.lambda", "CallbackOptions", 0, ["TimeoutSeconds", "HeartbeatTimeoutSeconds"], [1, 1]];
const s15 = [3, "com.amazonaws.lambda", "ChainedInvokeOptions", 0, ["FunctionName", "TenantId"], [0, 0], 1];
const s16 = [3, "com.amazonaws.lambda", "CheckpointDurableExecutionResponse", 0, ["NewExecutionState", "CheckpointToken"], [[() => s17, 0], 0], 1];
const s17 = [3, "com.amazonaws.lambda", "CheckpointUpdatedExecutionState", 0, ["Operations", "NextMarker"], [[() => s18, 0], 0]];
const s18 = [1, "com.amazonaws.lambda", "Operations", 0, [() => s19, 0]];
const s19 = [3, "com.amazonaws.lambda", "Operation", 0, ["Id", "Type", "StartTimestamp", "Status", "ParentId", "Name", "SubType", "EndTimestamp", "ExecutionDetails", "ContextDetails", "StepDetails", "WaitDetails", "CallbackDetails", "ChainedInvokeDetails"], [0, 0, 4, 0, 0, 0, 0, 4, [() => s20, 0], [() => s22, 0], [() => s23, 0], () => s24, [() => s25, 0], [() => s26, 0]], 4];
const s20 = [3, "com.amazonaws.lambda", "ExecutionDetails", 0, ["InputPayload"], [[() => s21, 0]]];
const s21 = [0, "com.amazonaws.lambda", "InputPayload", 8, 0];
const s22 = [3, "com.amazonaws.lambda", "ContextDetails", 0, ["ReplayChildren", "Result", "Error"], [2, [() => s4, 0], [() => s5, 0]]];
const s23 = [3, "com.amazonaws.lambda", "StepDetails", 0, ["Attempt", "NextAttemptTimestamp", "Result", "Error"], [1, 4, [() => s4, 0], [() => s5, 0]]];
const s24 = [3, "com.amazonaws.lambda", "WaitDetails", 0, ["ScheduledEndTimestamp"], [4]];
const s25 = [3, "com.amazonaws.lambda", "CallbackDetails", 0, ["CallbackId", "Result", "Error"], [0, [() => s4, 0], [() => s5, 0]]];
const s26 = [3, "com.amazonaws.lambda", "ChainedInvokeDetails", 0, ["Result", "Error"], [[() => s4, 0], [() => s5, 0]]];
const s27 = [9, "com.amazonaws.lambda", "GetDurableExecution", { "http": ["GET", "/2025-12-01/durable-executions/{DurableExecutionArn}", 200] }, () => s28, () => s29];
const s28 = [3, "com.amazonaws.lambda", "GetDurableExecutionRequest", 0, ["DurableExecutionArn", "IncludeExecutionData"], [[0, 1], [2, { "httpQuery": "IncludeExecutionData" }]], 1];
const s29 = [3, "com.amazonaws.lambda", "GetDurableExecutionResponse", 0, ["DurableExecutionArn", "DurableExecutionName", "FunctionArn", "StartTimestamp", "Status", "InputPayload", "Result", "Error", "EndTimestamp", "Version", "TraceHeader", "ExecutionDataIncluded", "DurableConfig"], [0, 0, 0, 4, 0, [() => s21, 0], [() => s30, 0], [() => s5, 0], 4, 0, () => s31, 2, () => s32], 5];
const s30 = [0, "com.amazonaws.lambda", "OutputPayload", 8, 0];
const s31 = [3, "com.amazonaws.lambda", "TraceHeader", 0, ["XAmznTraceId"], [0]];
const s32 = [3, "com.amazonaws.lambda", "DurableConfig", 0, ["KMSKeyArn", "RetentionPeriodInDays", "ExecutionTimeout"], [0, 1, 1]];
const s33 = [9, "com.amazonaws.lambda", "GetDurableExecutionState", { "http": ["GET", "/2025-12-01/durable-executions/{DurableExecutionArn}/state", 200] }, () => s34, () => s35];
const s34 = [3, "com.amazonaws.lambda", "GetDurableExecutionStateRequest", 0, ["DurableExecutionArn", "CheckpointToken", "Marker", "MaxItems"], [[0, 1], [0, { "httpQuery": "CheckpointToken" }], [0, { "httpQuery": "Marker" }], [1, { "httpQuery": "MaxItems" }]], 2];
const s35 = [3, "com.amazonaws.lambda", "GetDurableExecutionStateResponse", 0, ["Operations", "NextMarker"], [[() => s18, 0], 0], 1];
const s36 = [9, "com.amazonaws.lambda", "Invoke", { "http": ["POST", "/2015-03-31/functions/{FunctionName}/invocations", 200] }, () => s37, () => s39];
const s37 = [3, "com.amazonaws.lambda", "InvocationRequest", 0, ["FunctionName", "InvocationType", "LogType", "ClientContext", "DurableExecutionName", "Payload", "Qualifier", "TenantId"], [[0, 1], [0, { "httpHeader": "X-Amz-Invocation-Type" }], [0, { "httpHeader": "X-Amz-Log-Type" }], [0, { "httpHeader": "X-Amz-Client-Context" }], [0, { "httpHeader": "X-Amz-Durable-Execution-Name" }], [() => s38, 16], [0, { "httpQuery": "Qualifier" }], [0, { "httpHeader": "X-Amz-Tenant-Id" }]], 1];
const s38 = [0, "com.amazonaws.lambda", "Blob", 8, 21];
const s39 = [3, "com.amazonaws.lambda", "InvocationResponse", 0, ["StatusCode", "FunctionError", "LogResult", "Payload", "ExecutedVersion", "DurableExecutionArn"], [[1, 32], [0, { "httpHeader": "X-Amz-Function-Error" }], [0, { "httpHeader": "X-Amz-Log-Result" }], [() => s38, 16], [0, { "httpHeader": "X-Amz-Executed-Version" }], [0, { "httpHeader": "X-Amz-Durable-Execution-Arn" }]]];
const s40 = [9, "com.amazonaws.lambda", "SendDurableExecutionCallbackSuccess", { "http": ["POST", "/2025-12-01/durable-execution-callbacks/{CallbackId}/succeed", 200] }, () => s41, () => s43];
const s41 = [3, "com.amazonaws.lambda", "SendDurableExecutionCallbackSuccessRequest", 0, ["CallbackId", "Result"], [[0, 1], [() => s42, 16]], 1];
const s42 = [0, "com.amazonaws.lambda", "BinaryOperationPayload", 8, 21];
const s43 = [3, "com.amazonaws.lambda", "SendDurableExecutionCallbackSuccessResponse", 0, [], []];

const service = {
  clientName: "LambdaClient",
  serviceId: "Lambda",
  sdkVersion: "3.1142.0",
  apiVersion: "2015-03-31",
  signingName: "lambda",
  defaultMaxAttempts: 3,
  baseDelay: 50,
  protocol: AwsRestJsonProtocol,
  protocolSettings: {"defaultNamespace":"com.amazonaws.lambda","version":"2015-03-31","serviceTarget":"AWSGirApiService"},
  endpointProvider: defaultEndpointResolver,
};
const command = /* @__PURE__ */ commandsOf(service);

export const CheckpointDurableExecutionCommand = /* @__PURE__ */ command(s0);
export const GetDurableExecutionCommand = /* @__PURE__ */ command(s27);
export const GetDurableExecutionStateCommand = /* @__PURE__ */ command(s33);
export const InvokeCommand = /* @__PURE__ */ command(s36);
export const LambdaClient = /* @__PURE__ */ clientOf(service);
export const SendDurableExecutionCallbackSuccessCommand = /* @__PURE__ */ command(s40);
