import { alarm } from './alarm.ts';
import { customResource } from './custom-resource.ts';
import { eventInvokeConfig } from './event-invoke-config.ts';
import { functionAlias } from './function-alias.ts';
import { functionVersion } from './function-version.ts';
import { httpApi, httpIntegration, httpRoute, httpStage } from './http-api.ts';
import { key } from './key.ts';
import type { Maker } from './maker.ts';
import { queuePolicy } from './queue-policy.ts';
import { subscription } from './subscription.ts';
import { topicPolicy } from './topic-policy.ts';

/** The types that CloudFormation in moto skips without a word, or answers wrongly for. */
export const makers: Readonly<Record<string, Maker>> = {
  'AWS::ApiGatewayV2::Api': httpApi,
  'AWS::ApiGatewayV2::Integration': httpIntegration,
  'AWS::ApiGatewayV2::Route': httpRoute,
  'AWS::ApiGatewayV2::Stage': httpStage,
  'AWS::CloudWatch::Alarm': alarm,
  'AWS::KMS::Key': key,
  'AWS::Lambda::Alias': functionAlias,
  'AWS::Lambda::EventInvokeConfig': eventInvokeConfig,
  'AWS::Lambda::Version': functionVersion,
  'AWS::SNS::Subscription': subscription,
  'AWS::SNS::TopicPolicy': topicPolicy,
  'AWS::SQS::QueuePolicy': queuePolicy,
};

export const makerOf = (type: string): Maker | undefined =>
  type.startsWith('Custom::') ? customResource : makers[type];
