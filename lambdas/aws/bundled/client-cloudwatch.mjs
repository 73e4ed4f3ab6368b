// Generated from @aws-sdk/client-cloudwatch 3.1142.0 by `npm run generate`; do not edit.
import { AwsJson1_0Protocol } from '@aws-sdk/core/protocols';
import { defaultEndpointResolver } from '../../../node_modules/@aws-sdk/client-cloudwatch/dist-es/endpoint/endpointResolver.js';
import { clientOf, commandsOf } from './service-client.mjs';

const s0 = [9, "com.amazonaws.cloudwatch", "DescribeAlarms", 0, () => s1, () => s2];
const s1 = [3, "com.amazonaws.cloudwatch", "DescribeAlarmsInput", 0, ["AlarmNames", "AlarmNamePrefix", "AlarmTypes", "StateValue", "MaxRecords", "NextToken"], [64, 0, 64, 0, 1, 0]];
const s2 = [3, "com.amazonaws.cloudwatch", "DescribeAlarmsOutput", 0, ["CompositeAlarms", "MetricAlarms", "LogAlarms", "NextToken"], [() => s3, () => s5, () => s13, 0]];
const s3 = [1, "com.amazonaws.cloudwatch", "CompositeAlarms", 0, () => s4];
const s4 = [3, "com.amazonaws.cloudwatch", "CompositeAlarm", 0, ["ActionsEnabled", "AlarmName", "StateReason", "StateReasonData", "StateUpdatedTimestamp", "StateValue", "StateTransitionedTimestamp", "ActionsSuppressedBy"], [2, 0, 0, 0, 4, 0, 4, 0]];
const s5 = [1, "com.amazonaws.cloudwatch", "MetricAlarms", 0, () => s6];
const s6 = [3, "com.amazonaws.cloudwatch", "MetricAlarm", 0, ["AlarmName", "ActionsEnabled", "StateValue", "StateReason", "StateReasonData", "StateUpdatedTimestamp", "MetricName", "Namespace", "Dimensions", "Period", "Unit", "Metrics", "StateTransitionedTimestamp"], [0, 2, 0, 0, 0, 4, 0, 0, () => s7, 1, 0, () => s9, 4]];
const s7 = [1, "com.amazonaws.cloudwatch", "Dimensions", 0, () => s8];
const s8 = [3, "com.amazonaws.cloudwatch", "Dimension", 0, ["Name", "Value"], [0, 0], 2];
const s9 = [1, "com.amazonaws.cloudwatch", "MetricDataQueries", 0, () => s10];
const s10 = [3, "com.amazonaws.cloudwatch", "MetricDataQuery", 0, ["Id", "MetricStat", "ReturnData", "Period"], [0, () => s11, 2, 1], 1];
const s11 = [3, "com.amazonaws.cloudwatch", "MetricStat", 0, ["Metric", "Period", "Stat", "Unit"], [() => s12, 1, 0, 0], 3];
const s12 = [3, "com.amazonaws.cloudwatch", "Metric", 0, ["Namespace", "MetricName", "Dimensions"], [0, 0, () => s7]];
const s13 = [1, "com.amazonaws.cloudwatch", "LogAlarms", 0, () => s14];
const s14 = [3, "com.amazonaws.cloudwatch", "LogAlarm", 0, ["AlarmName", "ActionsEnabled", "StateValue", "StateReason", "StateReasonData", "StateUpdatedTimestamp", "StateTransitionedTimestamp"], [0, 2, 0, 0, 0, 4, 4]];
const s15 = [9, "com.amazonaws.cloudwatch", "GetMetricData", 0, () => s16, () => s17];
const s16 = [3, "com.amazonaws.cloudwatch", "GetMetricDataInput", 0, ["MetricDataQueries", "StartTime", "EndTime", "NextToken", "ScanBy"], [() => s9, 4, 4, 0, 0], 3];
const s17 = [3, "com.amazonaws.cloudwatch", "GetMetricDataOutput", 0, ["MetricDataResults", "NextToken", "Messages"], [() => s18, 0, () => s20]];
const s18 = [1, "com.amazonaws.cloudwatch", "MetricDataResults", 0, () => s19];
const s19 = [3, "com.amazonaws.cloudwatch", "MetricDataResult", 0, ["Id", "Timestamps", "Values", "StatusCode", "Messages"], [0, 68, 65, 0, () => s20]];
const s20 = [1, "com.amazonaws.cloudwatch", "MetricDataResultMessages", 0, () => s21];
const s21 = [3, "com.amazonaws.cloudwatch", "MessageData", 0, ["Code", "Value"], [0, 0]];
const s22 = [9, "com.amazonaws.cloudwatch", "ListAlarmMuteRules", 0, () => s23, () => s24];
const s23 = [3, "com.amazonaws.cloudwatch", "ListAlarmMuteRulesInput", 0, ["AlarmName", "Statuses", "MaxRecords", "NextToken"], [0, 64, 1, 0]];
const s24 = [3, "com.amazonaws.cloudwatch", "ListAlarmMuteRulesOutput", 0, ["AlarmMuteRuleSummaries", "NextToken"], [() => s25, 0]];
const s25 = [1, "com.amazonaws.cloudwatch", "AlarmMuteRuleSummaries", 0, () => s26];
const s26 = [3, "com.amazonaws.cloudwatch", "AlarmMuteRuleSummary", 0, ["Status"], [0]];

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
export const DescribeAlarmsCommand = /* @__PURE__ */ command(s0);
export const GetMetricDataCommand = /* @__PURE__ */ command(s15);
export const ListAlarmMuteRulesCommand = /* @__PURE__ */ command(s22);
