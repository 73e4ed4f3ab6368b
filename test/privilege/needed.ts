import type { WireRequest } from '../aws/wire-server.ts';
import { type Need, need } from './need.ts';
import { needsOfDynamoDb } from './needs-of-dynamodb.ts';
import { needsOfEcs } from './needs-of-ecs.ts';
import { needsOfLambda } from './needs-of-lambda.ts';
import type { Surroundings } from './surroundings.ts';

export type Asked = Pick<WireRequest, 'operation' | 'method' | 'path' | 'body'>;

type Body = Readonly<Record<string, string>>;

/**
 * What a request to AWS needs the caller to be allowed, after the Service Authorization Reference. A request that is not
 * known here is an error: nothing may be called that nobody has looked up
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html).
 */
export function neededFor({ operation, method, path, body }: Asked, around: Surroundings): readonly Need[] {
  const [api = '', name = ''] = operation.split('.');
  if (api === 'lambda') return needsOfLambda(method, path, body);
  if (api === 'dynamodb') return needsOfDynamoDb(name, body, around);
  const known = api === 'ecs' ? needsOfEcs[name] : others[operation];
  if (known === undefined) throw new Error(`No test knows which permissions ${operation} needs.`);
  return known(body as Body, around);
}

const arn = ({ partition, region, account }: Surroundings, service: string, resource: string): string =>
  `arn:${partition}:${service}:${region}:${account}:${resource}`;

const field = (body: Body, name: string): string => {
  const value = body[name];
  if (value === undefined) throw new Error(`A request without ${name}: ${JSON.stringify(body)}`);
  return value;
};

const others: Readonly<Record<string, (body: Body, around: Surroundings) => readonly Need[]>> = {
  'elasticloadbalancing.DescribeTargetHealth': () => [need('elasticloadbalancing:DescribeTargetHealth')],
  'elasticloadbalancing.DeregisterTargets': (body) => [
    need('elasticloadbalancing:DeregisterTargets', field(body, 'TargetGroupArn')),
  ],
  'elasticloadbalancing.RegisterTargets': (body) => [
    need('elasticloadbalancing:RegisterTargets', field(body, 'TargetGroupArn')),
  ],
  'elasticloadbalancing.DescribeTargetGroupAttributes': () => [
    need('elasticloadbalancing:DescribeTargetGroupAttributes'),
  ],
  // A stack is asked for by its name; its ARN ends with an id
  // (https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html).
  'cloudformation.DescribeStacks': (body, around) => [
    need(
      'cloudformation:DescribeStacks',
      arn(around, 'cloudformation', `stack/${field(body, 'StackName')}/0123abcd-0123-4567-89ab-0123456789ab`),
    ),
  ],
  'application-autoscaling.DescribeScalingActivities': () => [
    need('application-autoscaling:DescribeScalingActivities'),
  ],
  'monitoring.GetMetricData': () => [need('cloudwatch:GetMetricData')],
  // Composite alarms are only shown to whoever may describe every alarm
  // (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html).
  'monitoring.DescribeAlarms': () => [need('cloudwatch:DescribeAlarms')],
  'monitoring.ListAlarmMuteRules': () => [need('cloudwatch:ListAlarmMuteRules')],
  // Policies name a log group by its ARN with `:*` behind
  // (https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_LogGroup.html).
  'logs.StartQuery': (body, around) => [
    need('logs:StartQuery', arn(around, 'logs', `log-group:${field(body, 'logGroupName')}:*`)),
  ],
  'logs.GetQueryResults': () => [need('logs:GetQueryResults')],
  'logs.StopQuery': () => [need('logs:StopQuery')],
  'ssm.GetParameter': (body, around) => [
    need('ssm:GetParameter', arn(around, 'ssm', `parameter${field(body, 'Name')}`)),
  ],
  'ecr.DescribeImages': (body, around) => [
    need(
      'ecr:DescribeImages',
      arn({ ...around, account: field(body, 'registryId') }, 'ecr', `repository/${field(body, 'repositoryName')}`),
    ),
  ],
  'sns.GetTopicAttributes': (body) => [need('sns:GetTopicAttributes', field(body, 'TopicArn'))],
  // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#send-to-encrypted-topic
  'sns.Publish': (body, { region, keyArn }) => {
    const throughTopic = { 'kms:ViaService': [`sns.${region}.amazonaws.com`] };
    return [
      need('sns:Publish', field(body, 'TopicArn')),
      need('kms:Decrypt', keyArn, throughTopic),
      need('kms:GenerateDataKey', keyArn, throughTopic),
    ];
  },
};
