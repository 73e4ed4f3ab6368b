import type { Properties, Resource, Template } from './template.ts';

/** Wrong properties in a copy of the first resource of a type, with a name of its own for the copy. */
export type PlantedFault = {
  readonly type: string;
  readonly wrong: string;
  readonly properties: Properties;
  /** What whoever refuses it says. */
  readonly refusal: RegExp;
};

const fault = (type: string, wrong: string, refusal: RegExp, properties: Properties): PlantedFault => ({
  type,
  wrong,
  refusal,
  properties,
});

/** Refused when they are deployed. */
export const refusedByMoto: readonly PlantedFault[] = [
  fault('AWS::ApiGatewayV2::Api', 'a protocol that does not exist', /Invalid protocol specified/, {
    Name: 'planted',
    ProtocolType: 'GOPHER',
  }),
  fault('AWS::ApiGatewayV2::Integration', 'an API that is not there', /Invalid API identifier/, { ApiId: 'nowhere' }),
  fault('AWS::ApiGatewayV2::Route', 'an API that is not there', /Invalid API identifier/, { ApiId: 'nowhere' }),
  fault('AWS::ApiGatewayV2::Stage', 'an API that is not there', /Invalid API identifier/, { ApiId: 'nowhere' }),
  fault('AWS::Events::Rule', 'a pattern whose source is no list', /InvalidEventPattern/, {
    Name: 'planted',
    EventPattern: { source: 'aws.cloudwatch' },
  }),
  fault('AWS::IAM::ManagedPolicy', 'an effect that is neither Allow nor Deny', /MalformedPolicyDocument/, {
    ManagedPolicyName: 'planted',
    PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Perhaps', Action: 'sns:Publish', Resource: '*' }] },
  }),
  fault('AWS::IAM::Policy', 'an effect that is neither Allow nor Deny', /MalformedPolicyDocument/, {
    PolicyName: 'planted',
    PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Perhaps', Action: 'sns:Publish', Resource: '*' }] },
  }),
  fault('AWS::IAM::Role', 'a permissions boundary that is no ARN', /PermissionsBoundary is invalid/, {
    PermissionsBoundary: 'nothing',
  }),
  fault('AWS::Lambda::Alias', 'a version that is not there', /Function not found: .*:99/, {
    Name: 'planted',
    FunctionVersion: '99',
  }),
  fault('AWS::Lambda::EventInvokeConfig', 'more attempts than Lambda makes', /maximumRetryAttempts/, {
    MaximumRetryAttempts: 3,
  }),
  fault('AWS::Lambda::Function', 'code that is not there', /NoSuchBucket/, {
    FunctionName: 'planted',
    Code: { S3Bucket: 'nowhere', S3Key: 'none.zip' },
  }),
  fault('AWS::Lambda::Permission', 'a function that is not there', /Function not found: .*nobody/, {
    FunctionName: 'nobody',
  }),
  fault('AWS::Lambda::Version', 'a function that is not there', /Function not found: .*nobody/, {
    FunctionName: 'nobody',
  }),
  fault('AWS::Logs::LogGroup', 'a name that is too long', /'logGroupName' failed/, { LogGroupName: 'x'.repeat(600) }),
  fault('AWS::SNS::Subscription', 'an operator that filter policies do not have', /Unrecognized match type resembles/, {
    Endpoint: 'planted@example.com',
    FilterPolicy: { service: [{ resembles: 'checkout' }] },
  }),
  fault('AWS::SNS::Topic', 'a name with a space', /Topic names must be/, { TopicName: 'planted topic' }),
  fault('AWS::SNS::TopicPolicy', 'a topic that is not there', /Topic does not exist/, {
    Topics: ['arn:aws:sns:eu-central-1:444400000003:none'],
  }),
  fault('AWS::SQS::Queue', 'a name with a space', /Can only include alphanumeric/, { QueueName: 'planted queue' }),
  fault('AWS::SQS::QueuePolicy', 'a queue that is not there', /QueueDoesNotExist/, {
    Queues: ['https://sqs.example.com/444400000003/none'],
  }),
  fault('AWS::SSM::Parameter', 'an empty value', /Value '' at 'value'/, { Name: '/paramedic/planted', Value: '' }),
];

/** moto takes nearly everything for an alarm: these are for cfn-lint. */
export const refusedByLint: readonly PlantedFault[] = [
  fault('AWS::CloudWatch::Alarm', 'a comparison that does not exist', /'Greater' is not one of/, {
    ComparisonOperator: 'Greater',
  }),
  fault('AWS::CloudWatch::Alarm', 'a property that does not exist', /'Treshold' was unexpected/, { Treshold: 1 }),
  fault('AWS::CloudWatch::Alarm', 'a threshold that is no number', /'high' is not of type 'number'/, {
    Threshold: 'high',
  }),
  fault('AWS::CloudWatch::Alarm', 'no periods', /0 is less than the minimum of 1/, { EvaluationPeriods: 0 }),
];

/** The template with the fault in it. */
export function planted(template: Template, { type, properties }: PlantedFault): Template {
  const [, found] = Object.entries(template.Resources).find(([, { Type }]) => Type === type) ?? [];
  if (found === undefined) throw new Error(`The template has no ${type}.`);
  // Nothing of it may stay when the fault is taken out again, whatever stays of the resource it is a copy of.
  const { Type, DependsOn = [], Properties } = found;
  const Planted: Resource = { Type, DependsOn, Properties: { ...Properties, ...properties } };
  return { ...template, Resources: { ...template.Resources, Planted } };
}
