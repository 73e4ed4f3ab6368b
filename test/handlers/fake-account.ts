import { controlsAttributes, installedControls } from '../../lambdas/contract/controls-item.ts';
import type { ServiceSettings } from '../../lambdas/contract/settings.ts';
import { ecsTask, service } from '../aws/ecs-answers.ts';
import { FakeDynamoDb } from '../aws/fake-dynamodb.ts';
import { queryResult, type WireAnswer, type WireRequest } from '../aws/wire-server.ts';
import { digest } from '../pipeline/build.ts';

const hour = 3600;
const minute = 60;
const registry = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const account = 'eu-central-1:123456789012';

export const definition = (n: number) => `arn:aws:ecs:${account}:task-definition/checkout:${n}`;
export const deploymentId = (n: number | string) =>
  `arn:aws:ecs:${account}:service-deployment/production/checkout/${n}`;
export const taskId = (n: number) => `arn:aws:ecs:${account}:task/production/${String(n).padStart(32, '0')}`;
export const address = (n: number) => `10.0.0.${n}`;

type Release = { readonly id: string; readonly n: number; readonly at: number; status: string };

/**
 * As much of an account as one service needs, over the wire: what is changed is to be seen afterwards. Task 1 of three fails
 * half of its requests for as long as it is in the load balancer. Times come from the requests, never from a clock.
 */
export class FakeAccount {
  readonly dynamodb = new FakeDynamoDb();
  readonly targets = new Map([1, 2, 3].map((n) => [n, 'healthy']));
  readonly stopped = new Map<number, string>();
  readonly releases: Release[];
  /** Alarms that fire, as DescribeAlarms shows them, and what became of the workflow. */
  firing: readonly object[] = [];
  execution: object = { Status: 'RUNNING' };
  /** Every request that changed the world. */
  readonly changes: { readonly operation: string; readonly body: unknown }[] = [];
  readonly messages: { readonly subject: string; readonly status: string }[] = [];
  settings: ServiceSettings;
  /** The end of the newest minute anybody asked about, and the first one after which all is well; epoch seconds. */
  #asked = 0;
  #mended = Number.POSITIVE_INFINITY;

  constructor(settings: ServiceSettings, now: number) {
    this.settings = settings;
    this.dynamodb.put(controlsAttributes(installedControls));
    const ago = (hours: number) => now / 1000 - hours * hour;
    this.releases = [
      { id: deploymentId(42), n: 42, at: ago(72), status: 'SUCCESSFUL' },
      { id: deploymentId(41), n: 41, at: ago(168), status: 'SUCCESSFUL' },
    ];
  }

  respond(request: WireRequest): WireAnswer | undefined {
    const [api = '', operation = ''] = request.operation.split('.');
    if (api === 'dynamodb') return this.dynamodb.respond(request);
    if (operation === 'Invoke') return invoked(request);
    const body = request.body as Readonly<Record<string, string>>;
    if (/^(DeregisterTargets|RegisterTargets|StopTask|UpdateService|StopServiceDeployment)$/.test(operation))
      return this.#change(operation, body);
    return this.#read(operation, body, request.body);
  }

  #parameter(name: string): string {
    if (name.endsWith('/_services/count')) return '1';
    return name.includes('/_services/') ? this.settings.id : JSON.stringify(this.settings);
  }

  #read(operation: string, form: Readonly<Record<string, string>>, body: unknown): WireAnswer | undefined {
    switch (operation) {
      case 'GetParameter':
        return { json: { Parameter: { Value: this.#parameter((body as { Name: string }).Name) } } };
      case 'DescribeTargetHealth':
        return this.#health();
      case 'DescribeServices':
        return { json: { services: [this.#service()] } };
      case 'ListTasks':
        return { json: { taskArns: this.#tasks(form.desiredStatus === 'STOPPED').map(taskId) } };
      case 'DescribeTasks':
        return { json: { tasks: (body as { tasks: string[] }).tasks.map((arn) => this.#task(arn)) } };
      case 'ListServiceDeployments':
        return { json: { serviceDeployments: this.releases.map(brief) } };
      case 'DescribeServiceDeployments':
        return { json: { serviceDeployments: [] } };
      case 'DescribeServiceRevisions':
        return {
          json: { serviceRevisions: (body as { serviceRevisionArns: string[] }).serviceRevisionArns.map(revision) },
        };
      case 'DescribeTaskDefinition':
        return { json: { taskDefinition: { status: 'ACTIVE' } } };
      case 'DescribeTargetGroupAttributes':
        return queryResult(
          'DescribeTargetGroupAttributes',
          '<Attributes><member><Key>load_balancing.cross_zone.enabled</Key><Value>true</Value></member></Attributes>',
        );
      case 'GetTaskProtection':
        return { json: { protectedTasks: protectionOf((body as { tasks: readonly string[] }).tasks) } };
      case 'DescribeStacks':
        return queryResult(
          'DescribeStacks',
          '<Stacks><member><StackStatus>UPDATE_COMPLETE</StackStatus></member></Stacks>',
        );
      case 'DescribeScalingActivities':
        return { json: { ScalingActivities: [] } };
      case 'DescribeImages':
        return {
          json: {
            imageDetails: [
              { imageDigest: digest(Number((body as { imageIds: { imageTag: string }[] }).imageIds[0]?.imageTag)) },
            ],
          },
        };
      case 'GetTopicAttributes':
        return queryResult(
          'GetTopicAttributes',
          '<Attributes><entry><key>SubscriptionsConfirmed</key><value>1</value></entry></Attributes>',
        );
      case 'Publish':
        this.messages.push({
          subject: form.Subject ?? '',
          status: form['MessageAttributes.entry.5.Value.StringValue'] ?? '',
        });
        return queryResult('Publish', '<MessageId>m</MessageId>');
      case 'GetMetricData':
        return this.#metrics(body as MetricRequest);
      case 'StartQuery':
        return { json: { queryId: 'q' } };
      case 'GetQueryResults':
        return { json: { status: 'Complete', results: this.#serving().map((n) => this.#logs(n)) } };
      case 'DescribeAlarms':
        return { json: { MetricAlarms: this.firing } };
      case 'ListAlarmMuteRules':
        return { json: { AlarmMuteRuleSummaries: [] } };
      case 'GetDurableExecution':
        return { json: this.execution };
      default:
        return undefined;
    }
  }

  #change(operation: string, body: Readonly<Record<string, string>>): WireAnswer {
    this.changes.push({ operation, body });
    const n = Number((body['Targets.member.1.Id'] ?? body.task ?? '').slice(-1));
    switch (operation) {
      case 'DeregisterTargets':
        this.targets.set(n, 'draining');
        this.#mended = this.#asked + 2 * minute;
        return queryResult(operation, '');
      case 'RegisterTargets':
        this.targets.set(n, 'initial');
        return queryResult(operation, '');
      case 'StopTask':
        this.targets.delete(n);
        this.stopped.set(n, body.reason ?? '');
        this.targets.set(n + 3, 'healthy');
        return { json: {} };
      case 'StopServiceDeployment':
        for (const release of this.releases)
          if (release.status === 'IN_PROGRESS') release.status = 'ROLLBACK_REQUESTED';
        return { json: {} };
      default: {
        const [newest] = this.releases;
        const n = Number(body.taskDefinition?.split(':').at(-1) ?? newest?.n);
        this.releases.unshift({
          id: deploymentId(`${n}-again`),
          n,
          at: (newest?.at ?? 0) + hour,
          status: 'IN_PROGRESS',
        });
        return { json: {} };
      }
    }
  }

  #tasks = (stopped: boolean): readonly number[] =>
    stopped
      ? [...this.stopped.keys()]
      : [1, 2, 3, 4].filter((n) => !this.stopped.has(n) && (n < 4 || this.targets.has(n)));

  #serving = (): readonly number[] => [...this.targets].filter(([, state]) => state === 'healthy').map(([n]) => n);

  #isSick = (n: number): boolean => n === 1 && this.#serving().includes(1);

  #service() {
    const { service: serviceName, targetGroups } = this.settings.resources;
    const loadBalancers = targetGroups.map((targetGroupArn) => ({ targetGroupArn }));
    return service({ serviceName, desiredCount: 3, runningCount: 3, loadBalancers });
  }

  #task(arn: string) {
    const n = Number(arn.slice(-1));
    const created = (this.releases.at(-1)?.at ?? 0) + 96 * hour;
    const attachment = {
      type: 'ElasticNetworkInterface',
      details: [{ name: 'privateIPv4Address', value: address(n) }],
    };
    const gone = {
      lastStatus: 'STOPPED',
      desiredStatus: 'STOPPED',
      stoppedAt: this.#asked || created,
      stopCode: 'UserInitiated',
    };
    return {
      ...ecsTask(arn),
      taskDefinitionArn: definition(42),
      containers: [{ name: 'app', imageDigest: digest(42) }],
      createdAt: created,
      startedAt: created + 30,
      attachments: [attachment],
      ...(this.stopped.has(n) ? { ...gone, stoppedReason: this.stopped.get(n) } : {}),
    };
  }

  #health(): WireAnswer {
    const members = [...this.targets].map(
      ([n, state]) =>
        `<member><Target><Id>${address(n)}</Id><Port>8080</Port></Target><TargetHealth><State>${state}</State></TargetHealth>` +
        `<AnomalyDetection><Result>${this.#isSick(n) ? 'anomalous' : 'normal'}</Result></AnomalyDetection></member>`,
    );
    return queryResult(
      'DescribeTargetHealth',
      `<TargetHealthDescriptions>${members.join('')}</TargetHealthDescriptions>`,
    );
  }

  #logs(n: number) {
    const [requests, errors] = [1200, this.#isSick(n) ? 600 : 0];
    const row = { '@logStream': `ecs/app/${taskId(n).split('/').at(-1)}`, requests, errors, slow: 0 };
    return Object.entries(row).map(([field, value]) => ({ field, value: String(value) }));
  }

  /** 1,200 requests a minute, of which one in six fails from ten minutes before the first question on, until mended. */
  #metrics({ MetricDataQueries, StartTime, EndTime }: MetricRequest): WireAnswer {
    this.#first ??= EndTime - 4 * minute;
    this.#asked = Math.max(this.#asked, EndTime);
    const from = this.#first;
    const starts = Array.from(
      { length: Math.max(0, (EndTime - StartTime) / minute) },
      (_, i) => StartTime + i * minute,
    );
    const failing = (start: number) => start >= from && start < this.#mended;
    const measured = (id: string, start: number): number | undefined =>
      ({
        g0_requests: 1200,
        g0_target2xx: failing(start) ? 1000 : 1200,
        g0_target5xx: failing(start) ? 200 : undefined,
        g0_latency: 0.05,
        g0_healthyHosts: 3,
        g0_unhealthyHosts: 0,
        s_memory: 40,
        s_cpu: 20,
      })[id];
    const results = MetricDataQueries.map(({ Id }) => {
      const points = starts.flatMap((start) => {
        const value = measured(Id, start);
        return value === undefined ? [] : [{ start, value }];
      });
      return { Id, StatusCode: 'Complete', Timestamps: points.map((p) => p.start), Values: points.map((p) => p.value) };
    });
    return { json: { MetricDataResults: results } };
  }
  #first: number | undefined;
}

type MetricRequest = {
  readonly MetricDataQueries: { readonly Id: string }[];
  readonly StartTime: number;
  readonly EndTime: number;
};

const revisionArn = (n: number) => `arn:aws:ecs:${account}:service-revision/production/checkout/${n}`;

const brief = ({ id, n, at, status }: Release) => ({
  serviceDeploymentArn: id,
  targetServiceRevisionArn: revisionArn(n),
  status,
  createdAt: at,
  startedAt: at,
  ...(status === 'SUCCESSFUL' ? { finishedAt: at + 300 } : {}),
});

const revision = (arn: string) => {
  const n = Number(arn.split('/').at(-1));
  const image = `${registry}/checkout:${n}`;
  return {
    serviceRevisionArn: arn,
    taskDefinition: definition(n),
    containerImages: [{ containerName: 'app', image, imageDigest: digest(n) }],
  };
};

/** A start of a workflow is answered with the ARN of its execution. */
function invoked({ path }: WireRequest): WireAnswer {
  const alias = decodeURIComponent(/functions\/([^/]+)\/invocations/.exec(path)?.[1] ?? '');
  const arn = `${alias.replace(/:[^:]+$/, ':7')}/durable-execution/name/id`;
  return { status: 202, headers: { 'x-amz-durable-execution-arn': arn } };
}

const protectionOf = (tasks: readonly string[]): readonly object[] =>
  tasks.map((taskArn) => ({ taskArn, protectionEnabled: false }));
