// Generated from @aws-sdk/client-cloudwatch 3.1142.0 by `npm run generate`; do not edit.
import { AwsJson1_0Protocol } from '@aws-sdk/core/protocols';
import { defaultEndpointResolver } from '../../../node_modules/@aws-sdk/client-cloudwatch/dist-es/endpoint/endpointResolver.js';
import { clientOf, commandsOf } from './service-client.mjs';

const s0 = [9, "com.amazonaws.cloudwatch", "GetMetricData", 0, () => s1, () => s8];
const s1 = [3, "com.amazonaws.cloudwatch", "GetMetricDataInput", 0, ["MetricDataQueries", "StartTime", "EndTime", "NextToken", "ScanBy"], [() => s2, 4, 4, 0, 0], 3];
const s2 = [1, "com.amazonaws.cloudwatch", "MetricDataQueries", 0, () => s3];
const s3 = [3, "com.amazonaws.cloudwatch", "MetricDataQuery", 0, ["Id", "MetricStat", "ReturnData", "Period"], [0, () => s4, 2, 1], 1];
const s4 = [3, "com.amazonaws.cloudwatch", "MetricStat", 0, ["Metric", "Period", "Stat", "Unit"], [() => s5, 1, 0, 0], 3];
const s5 = [3, "com.amazonaws.cloudwatch", "Metric", 0, ["Namespace", "MetricName", "Dimensions"], [0, 0, () => s6]];
const s6 = [1, "com.amazonaws.cloudwatch", "Dimensions", 0, () => s7];
const s7 = [3, "com.amazonaws.cloudwatch", "Dimension", 0, ["Name", "Value"], [0, 0], 2];
const s8 = [3, "com.amazonaws.cloudwatch", "GetMetricDataOutput", 0, ["MetricDataResults", "NextToken", "Messages"], [() => s9, 0, () => s11]];
const s9 = [1, "com.amazonaws.cloudwatch", "MetricDataResults", 0, () => s10];
const s10 = [3, "com.amazonaws.cloudwatch", "MetricDataResult", 0, ["Id", "Timestamps", "Values", "StatusCode", "Messages"], [0, 68, 65, 0, () => s11]];
const s11 = [1, "com.amazonaws.cloudwatch", "MetricDataResultMessages", 0, () => s12];
const s12 = [3, "com.amazonaws.cloudwatch", "MessageData", 0, ["Code", "Value"], [0, 0]];

const service = {
  clientName: "CloudWatchClient",
  serviceId: "CloudWatch",
  sdkVersion: "3.1142.0",
  apiVersion: "2010-08-01",
  signingName: "monitoring",
  defaultMaxAttempts: 3,
  baseDelay: 50,
  protocol: AwsJson1_0Protocol,
  protocolSettings: {"defaultNamespace":"com.amazonaws.cloudwatch","xmlNamespace":"http://monitoring.amazonaws.com/doc/2010-08-01/","version":"2010-08-01","serviceTarget":"GraniteServiceVersion20100801","awsQueryCompatible":true},
  endpointProvider: defaultEndpointResolver,
};
const command = /* @__PURE__ */ commandsOf(service);

export const CloudWatchClient = /* @__PURE__ */ clientOf(service);
export const GetMetricDataCommand = /* @__PURE__ */ command(s0);
