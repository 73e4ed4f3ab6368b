import type { ServiceSettings } from '../../lambdas/contract/settings.ts';
import { type Recovery, recoveryOf } from '../../lib/config/recovery.ts';
import type { RecoveryInput } from '../../lib/config/schema.ts';
import type { Permission } from '../../lib/constructs/permission.ts';
import { permissionMatrix, type RoleName } from '../../lib/constructs/permission-matrix.ts';
import { ofType, pipelineTemplate, type Template } from '../stacks/synthesized.ts';
import { need, type Surroundings } from './needs.ts';
import type { Need } from './policy.ts';
import { type DeployedRoles, deployedRoles, Intrinsics, idOf, type Place, roleNames } from './roles.ts';

type Properties = Readonly<Record<string, unknown>>;
type ServiceInput = RecoveryInput['services'][string];

const roleOf = (service: string, { partition, account }: Place): string =>
  `arn:${partition}:iam::${account}:role/${service}-task`;

/** A pipeline synthesized for services of the simulated account, and all that is known of it there. */
export class Installed {
  readonly recovery: Recovery;
  readonly template: Template;
  readonly roles: DeployedRoles;
  /** What the code says each role may do. */
  readonly matrix: Readonly<Record<RoleName, readonly Permission[]>>;
  readonly intrinsics: Intrinsics;
  readonly #place: Place;

  /** With `managedTags`, ECS puts the service's name on each task. */
  constructor(services: readonly ServiceSettings[], managedTags: boolean) {
    const [first] = services;
    if (first === undefined) throw new Error('There is no service to be installed for.');
    const [, partition = '', , region = '', account = ''] = first.resources.cluster.split(':');
    this.#place = { partition, region, account };
    this.recovery = recoveryOf({
      install: { name: first.pipeline, account, region },
      owners: Object.fromEntries(services.map(({ owner }) => [owner, { email: [`${owner}@example.com`] }])),
      services: Object.fromEntries(services.map((one) => [one.id, serviceInput(one, managedTags, this.#place)])),
    });
    this.template = pipelineTemplate(this.recovery);
    this.intrinsics = new Intrinsics(this.template, this.#place);
    this.roles = deployedRoles(this.template, this.intrinsics);
    this.matrix = this.#matrix();
  }

  /** `taskOf` says whose a task is, where ECS managed tags tell it. */
  surroundings(taskOf: (task: string) => string): Surroundings {
    const services = new Map(
      this.recovery.services.map((plan) => [this.#arn('ecs', `service/${clusterOf(plan)}/${nameOf(plan)}`), plan]),
    );
    const [tagged] = this.recovery.services.map(({ managedTags }) => managedTags);
    return {
      ...this.#place,
      tagsOfTask: (task) => (tagged ? { 'aws:ecs:serviceName': taskOf(task) } : {}),
      rolesOfService: (service) => services.get(service)?.passRoles ?? [],
      keyArn: this.#keyArn(),
    };
  }

  /** The environment of a function, as the stack sets it. */
  environment(name: RoleName): Readonly<Record<string, string>> {
    const { Properties } = this.template.Resources[idOf(this.template, 'AWS::Lambda::Function', name)] ?? {};
    const { Variables } = (Properties?.Environment ?? {}) as { Variables?: Record<string, unknown> };
    const variables = Object.entries(Variables ?? {});
    return Object.fromEntries(variables.map(([key, value]) => [key, this.intrinsics.text(value)]));
  }

  functionArn(name: RoleName): string {
    return this.intrinsics.arnOf(idOf(this.template, 'AWS::Lambda::Function', name));
  }

  /** The one call that installing Paramedic makes, as the template has it. */
  installationRequest() {
    const [item, ...more] = ofType(this.template, 'Custom::ParamedicPauseState');
    if (item === undefined || more.length > 0) throw new Error('Not one pause state but another number of them.');
    const { service, action, parameters } = JSON.parse(this.intrinsics.text(item.Properties.Create)) as {
      readonly service: string;
      readonly action: string;
      readonly parameters: unknown;
    };
    const request = { operation: `${service.toLowerCase()}.${action}`, method: 'POST', path: '/', body: parameters };
    return { who: 'installation', port: 'installation', request } as const;
  }

  /**
   * What Lambda does with the role of each function: writing its logs, and keeping what it failed on. Read off the functions'
   * own properties, never off their policies (https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html).
   */
  needsOfLambda(): readonly { readonly who: RoleName; readonly need: Need }[] {
    return roleNames.flatMap((who) => {
      const role = `"${idOf(this.template, 'AWS::IAM::Role', who)}"`;
      const [found] = ofType(this.template, 'AWS::Lambda::Function').filter(({ Properties }) =>
        JSON.stringify(Properties.Role).includes(role),
      );
      if (found === undefined) throw new Error(`There is no function with the role ${who}.`);
      const { LoggingConfig, DeadLetterConfig } = found.Properties as Record<string, Properties | undefined>;
      const { Ref: logGroup = '' } = (LoggingConfig?.LogGroup ?? {}) as { readonly Ref?: string };
      const failures = ofType(this.template, 'AWS::Lambda::EventInvokeConfig')
        .filter(({ Properties }) => JSON.stringify(Properties.FunctionName).includes(`"${found.id}"`))
        .map(
          ({ Properties }) =>
            (Properties.DestinationConfig as { OnFailure: Properties } | undefined)?.OnFailure.Destination,
        );
      const queues = [DeadLetterConfig?.TargetArn, ...failures].filter((queue) => queue !== undefined);
      const needs = [
        ...['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => need(action, this.intrinsics.arnOf(logGroup))),
        ...queues.map((queue) => need('sqs:SendMessage', this.intrinsics.text(queue))),
      ];
      return needs.map((one) => ({ who, need: one }));
    });
  }

  #matrix() {
    const { install, services } = this.recovery;
    const queue = (end: string) => this.#arn('sqs', `paramedic-${install.name}-${end}`);
    const topics = ofType(this.template, 'AWS::SNS::Topic').map(({ id }) => this.intrinsics.arnOf(id));
    return permissionMatrix(
      { install, services, keyArn: this.#keyArn(), topics: topics.filter((arn) => !arn.endsWith('_self')) },
      {
        function: (name) => this.functionArn(name),
        recoverAlias: `${this.functionArn('recover')}:live`,
        logGroup: (name) => this.intrinsics.arnOf(idOf(this.template, 'AWS::Logs::LogGroup', name)),
        failedSignals: queue('failed-signals'),
        failedWorkflows: queue('failed-workflows'),
      },
    );
  }

  #keyArn(): string {
    const [key] = ofType(this.template, 'AWS::KMS::Key');
    if (key === undefined) throw new Error('There is no key.');
    return this.intrinsics.arnOf(key.id);
  }

  #arn(service: string, resource: string): string {
    const { partition, region, account } = this.#place;
    return `arn:${partition}:${service}:${region}:${account}:${resource}`;
  }
}

type Plan = Recovery['services'][number];
const nameOf = ({ settings }: Plan): string => settings.resources.service;
const clusterOf = ({ settings }: Plan): string => settings.resources.cluster.split('/').at(-1) ?? '';

function serviceInput(
  { owner, runbook, resources }: ServiceSettings,
  managedTags: boolean,
  place: Place,
): ServiceInput {
  const { cluster, service, loadBalancer, targetGroups, logs, stack } = resources;
  return {
    owner,
    runbook,
    cluster,
    service,
    loadBalancer,
    targetGroups: [...targetGroups],
    managedTags,
    ...(stack === null ? {} : { stack }),
    passRoles: [roleOf(service, place)],
    alarms: { latency: { threshold: '800ms' } },
    ...(logs === null ? {} : { logs: { logGroup: logs.logGroup, status: logs.status, duration: logs.duration } }),
  };
}
