import { controlsAttributes, installedControls } from '../../lambdas/contract/controls-item.ts';
import { serviceLists } from '../../lambdas/contract/service-list.ts';
import type { ServiceSettings } from '../../lambdas/contract/settings.ts';
import { FakeDynamoDb } from '../aws/fake-dynamodb.ts';
import { queryResult, type WireAnswer, type WireRequest } from '../aws/wire-server.ts';
import { type Described, serviceAnswer } from './service-answers.ts';

/** As much of AWS as adapters need to go through with a call: what they are told decides what they ask next. */
export class ReplayAccount {
  readonly #dynamodb = new FakeDynamoDb();
  readonly #services: ReadonlyMap<string, ServiceSettings>;
  /** What ECS says of the service that is asked about. */
  described: Described | null = null;
  /** Whether log queries have an answer, or run on and on. */
  queriesEnd = true;

  constructor(services: readonly ServiceSettings[]) {
    this.#services = new Map(services.map((settings) => [settings.id, settings]));
    this.#dynamodb.put(controlsAttributes(installedControls));
  }

  /** Whether the pause may be written now: by the one function through which people write it. */
  set peopleWrite(may: boolean) {
    this.#dynamodb.peopleWrite = may;
  }

  respond(request: WireRequest): WireAnswer | undefined {
    const { operation, body } = request;
    if (operation.startsWith('dynamodb.')) return this.#dynamodb.respond(request);
    if (operation === 'ssm.GetParameter') return this.#parameter((body as { Name: string }).Name);
    if (operation === 'logs.GetQueryResults' && !this.queriesEnd) return { json: { status: 'Running' } };
    if (operation === 'lambda.Invoke') return invoked(request);
    if (operation === 'lambda.GetDurableExecution') return { json: { Status: 'RUNNING' } };
    if (operation === 'lambda.SendDurableExecutionCallbackSuccess') return { json: {} };
    const told = this.described === null ? undefined : serviceAnswer(request, this.described);
    return told ?? plain[operation];
  }

  #parameter(name: string): WireAnswer {
    if (name.endsWith('/_services/count')) return { json: { Parameter: { Value: `${this.#services.size}` } } };
    const [, list] = /\/_services\/(\d+)$/.exec(name) ?? [];
    const settings = this.#services.get(name.slice(name.lastIndexOf('/') + 1));
    const text = list === undefined ? JSON.stringify(settings) : this.#list(Number(list));
    return text === undefined
      ? { status: 400, json: { __type: 'ParameterNotFound' } }
      : { json: { Parameter: { Value: text } } };
  }

  #list = (wanted: number): string | undefined =>
    serviceLists([...this.#services.keys()]).find(({ list }) => list === wanted)?.text;
}

const attribute = (key: string, value: string): string =>
  `<Attributes><entry><key>${key}</key><value>${value}</value></entry></Attributes>`;

/** A start of a workflow is answered with the ARN of its execution. */
function invoked({ path }: WireRequest): WireAnswer {
  const alias = decodeURIComponent(/functions\/([^/]+)\/invocations/.exec(path)?.[1] ?? '');
  const arn = `${alias.replace(/:live$/, ':7')}/durable-execution/name/id`;
  return { status: 202, headers: { 'x-amz-durable-execution-arn': arn } };
}

const plain: Readonly<Record<string, WireAnswer>> = {
  'elasticloadbalancing.DescribeTargetHealth': queryResult('DescribeTargetHealth', '<TargetHealthDescriptions/>'),
  'elasticloadbalancing.DescribeTargetGroupAttributes': queryResult(
    'DescribeTargetGroupAttributes',
    '<Attributes><member><Key>load_balancing.cross_zone.enabled</Key><Value>true</Value></member></Attributes>',
  ),
  'ecs.GetTaskProtection': { json: { protectedTasks: [] } },
  'cloudformation.DescribeStacks': queryResult(
    'DescribeStacks',
    '<Stacks><member><StackStatus>UPDATE_COMPLETE</StackStatus></member></Stacks>',
  ),
  'application-autoscaling.DescribeScalingActivities': { json: { ScalingActivities: [] } },
  'elasticloadbalancing.DeregisterTargets': queryResult('DeregisterTargets', ''),
  'elasticloadbalancing.RegisterTargets': queryResult('RegisterTargets', ''),
  'ecs.StopTask': { json: {} },
  'ecs.UpdateService': { json: {} },
  'ecs.StopServiceDeployment': { json: {} },
  'ecr.DescribeImages': { json: { imageDetails: [{ imageDigest: `sha256:${'0'.repeat(64)}` }] } },
  'sns.GetTopicAttributes': queryResult('GetTopicAttributes', attribute('SubscriptionsConfirmed', '1')),
  'sns.Publish': queryResult('Publish', '<MessageId>m</MessageId>'),
  'monitoring.GetMetricData': { json: { MetricDataResults: [] } },
  'monitoring.DescribeAlarms': { json: { MetricAlarms: [] } },
  'monitoring.ListAlarmMuteRules': { json: { AlarmMuteRuleSummaries: [] } },
  'logs.StartQuery': { json: { queryId: 'q' } },
  'logs.GetQueryResults': { json: { status: 'Complete', results: [] } },
  'logs.StopQuery': { json: { success: true } },
};
