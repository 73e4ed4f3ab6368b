// Generated from @aws-sdk/client-sns 3.1142.0 by `npm run generate`; do not edit.
import { AwsQueryProtocol } from '@aws-sdk/core/protocols';
import { defaultEndpointResolver } from '../../../node_modules/@aws-sdk/client-sns/dist-es/endpoint/endpointResolver.js';
import { clientOf, commandsOf } from './service-client.mjs';

const s0 = [9, "com.amazonaws.sns", "GetTopicAttributes", 0, () => s1, () => s2];
const s1 = [3, "com.amazonaws.sns", "GetTopicAttributesInput", 0, ["TopicArn"], [0], 1];
const s2 = [3, "com.amazonaws.sns", "GetTopicAttributesResponse", 0, ["Attributes"], [128]];
const s3 = [9, "com.amazonaws.sns", "Publish", 0, () => s4, () => s7];
const s4 = [3, "com.amazonaws.sns", "PublishInput", 0, ["Message", "TopicArn", "Subject", "MessageAttributes"], [0, 0, 0, [() => s5, 0]], 1];
const s5 = [2, "com.amazonaws.sns", "MessageAttributeMap", 0, [0, { "xmlName": "Name" }], [() => s6, { "xmlName": "Value" }]];
const s6 = [3, "com.amazonaws.sns", "MessageAttributeValue", 0, ["DataType", "StringValue"], [0, 0], 1];
const s7 = [3, "com.amazonaws.sns", "PublishResponse", 0, [], []];

const service = {
  clientName: "SNSClient",
  serviceId: "SNS",
  sdkVersion: "3.1142.0",
  apiVersion: "2010-03-31",
  signingName: "sns",
  defaultMaxAttempts: 3,
  baseDelay: 50,
  protocol: AwsQueryProtocol,
  protocolSettings: {"defaultNamespace":"com.amazonaws.sns","xmlNamespace":"http://sns.amazonaws.com/doc/2010-03-31/","version":"2010-03-31","serviceTarget":"AmazonSimpleNotificationService"},
  endpointProvider: defaultEndpointResolver,
};
const command = /* @__PURE__ */ commandsOf(service);

export const GetTopicAttributesCommand = /* @__PURE__ */ command(s0);
export const PublishCommand = /* @__PURE__ */ command(s3);
export const SNSClient = /* @__PURE__ */ clientOf(service);
