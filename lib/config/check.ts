import type { z } from 'zod';
import { alarmKinds } from '../../lambdas/contract/names.ts';
import { grants, passesRoles } from '../../lambdas/contract/permissions.ts';
import { alarmProblem } from './alarm-policies.ts';
import { parseArn, partitionOf } from './arn.ts';
import { mergePolicy } from './merge.ts';
import { actionKinds } from './policy.ts';
import type { RecoveryConfig, ServiceConfig } from './schema.ts';
import { alarmsIn, withDefaults } from './settings.ts';

type Path = readonly (string | number)[];
/** Notes that something at `path` is wrong: one sentence, without naming the path. */
type Refuse = (path: Path, says: string) => void;

/** What no single field can tell: do the parts of the file fit together? For `superRefine`. */
export function checkRecovery(config: RecoveryConfig, context: z.RefinementCtx<RecoveryConfig>): void {
  const refuse: Refuse = (path, message) =>
    context.addIssue({ code: 'custom', message, path: [...path], params: { sentence: true } });
  checkInstall(config, refuse);
  checkDefaults(config, refuse);
  for (const [id, own] of Object.entries(config.services)) {
    const service = { ...config.defaults, ...own, ...mergePolicy(config.defaults ?? {}, own) };
    const at: Path = ['services', id];
    checkComplete(service, at, refuse);
    checkOwner(config, own.owner, [...at, 'owner'], refuse);
    checkArns(config, own, at, refuse);
    checkLoadBalancer(service, at, refuse);
    checkAlarms(service, at, refuse);
    checkDependencies(config, id, own, refuse);
    checkPassRoles(service, at, refuse);
  }
  checkShared(config, refuse);
  checkSignals(config, refuse);
}

/** Refuses an ARN of another account, Region or partition than the installation's. */
function checkArn(config: RecoveryConfig, arn: string | undefined, path: Path, refuse: Refuse): void {
  const found = arn === undefined ? undefined : parseArn(arn);
  if (found === undefined) return;
  const { account, region } = config.install;
  const partition = partitionOf(region);
  if (found.partition !== partition)
    refuse(path, `is in the partition ${found.partition}; ${region} is in ${partition}.`);
  else if (found.region !== '' && found.region !== region)
    refuse(path, `is in ${found.region}; Paramedic is installed in ${region} and reaches no other Region.`);
  else if (found.account !== 'aws' && found.account !== account)
    refuse(path, `belongs to the account ${found.account}; Paramedic is installed in ${account} and reaches no other.`);
}

function checkInstall(config: RecoveryConfig, refuse: Refuse): void {
  for (const key of ['permissionsBoundary', 'topicArn', 'kmsKeyArn'] as const)
    checkArn(config, config.install[key], ['install', key], refuse);
  // The prefix is AWS's own, in capitals too: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-using-tags.html
  for (const key of Object.keys(config.install.tags ?? {}))
    if (/^aws:/i.test(key)) refuse(['install', 'tags', key], 'begins with aws:, which AWS keeps for tags of its own.');
}

function checkDefaults(config: RecoveryConfig, refuse: Refuse): void {
  checkArn(config, config.defaults?.cluster, ['defaults', 'cluster'], refuse);
  checkOwner(config, config.defaults?.owner, ['defaults', 'owner'], refuse);
}

function checkOwner(config: RecoveryConfig, owner: string | undefined, path: Path, refuse: Refuse): void {
  if (owner === undefined || Object.hasOwn(config.owners, owner)) return;
  refuse(path, `${owner} is none of the owners; there are ${Object.keys(config.owners).join(', ') || 'none'}.`);
}

/** What every service must have, its own or by default. */
function checkComplete(service: ServiceConfig, at: Path, refuse: Refuse): void {
  if (service.owner === undefined) refuse(at, 'names no owner; give one here or in defaults.');
  if (service.runbook === undefined) refuse(at, 'names no runbook; give an absolute URL here or in defaults.');
  if (service.cluster === undefined) refuse(at, 'names no cluster; give its ARN here or in defaults.');
}

function checkArns(config: RecoveryConfig, service: ServiceConfig, at: Path, refuse: Refuse): void {
  checkArn(config, service.cluster, [...at, 'cluster'], refuse);
  for (const [index, arn] of (service.targetGroups ?? []).entries())
    checkArn(config, arn, [...at, 'targetGroups', index], refuse);
  for (const [index, arn] of (service.passRoles ?? []).entries())
    checkArn(config, arn, [...at, 'passRoles', index], refuse);
}

/** What ECS accepts only where the roles of the task definition may be passed; a way back has no mode that counts. */
const needsRoles = actionKinds.filter(
  (kind) => kind !== 'roll-forward-deployment' && grants[kind].some((change) => passesRoles.includes(change)),
);

/**
 * A rollback that ECS refuses for want of iam:PassRole is found out in the middle of an incident, unless it is asked for before.
 * That a service has no roles must be said too.
 */
function checkPassRoles(service: ServiceConfig, at: Path, refuse: Refuse): void {
  if (service.passRoles !== undefined) return;
  const bold = needsRoles.flatMap((kind) => {
    const mode = service.actionModes?.[kind] ?? service.mode ?? 'observe';
    return mode === 'observe' ? [] : [`${kind} (mode ${mode})`];
  });
  if (bold.length === 0) return;
  refuse(
    [...at, 'passRoles'],
    `is not given, and ECS refuses ${bold.join(' and ')} without; list what aws ecs describe-task-definition --task-definition ${service.taskDefinition ?? 'FAMILY'} --query '[taskDefinition.taskRoleArn, taskDefinition.executionRoleArn]' prints, or [] where it prints null.`,
  );
}

const behindAlb = ({ loadBalancer }: ServiceConfig): boolean => loadBalancer?.startsWith('app/') === true;

/** Only an Application Load Balancer publishes what our alarms watch; anything else is heard through `signals` alone. */
function checkLoadBalancer(service: ServiceConfig, at: Path, refuse: Refuse): void {
  const groups = service.targetGroups?.length ?? 0;
  if (groups === 0 && behindAlb(service)) refuse(at, 'names a load balancer but no target group; give 1 to 5.');
  if (groups > 0 && service.loadBalancer === undefined)
    refuse(at, 'names target groups but no load balancer; give app/NAME/ID here or in defaults.');
  if (!behindAlb(service) && service.alarms !== 'none' && groups === 0)
    refuse(at, 'has no Application Load Balancer, so there is nothing to watch; write alarms: none and name signals.');
  if (service.loadBalancer?.startsWith('net/') && service.alarms !== 'none')
    refuse(at, 'is behind a Network Load Balancer, which counts no requests; write alarms: none and name signals.');
}

function checkAlarms(service: ServiceConfig, at: Path, refuse: Refuse): void {
  const alarms = alarmsIn(withDefaults(service));
  const heard = alarms === 'none' ? 0 : alarmKinds.filter((kind) => alarms[kind] !== 'none').length;
  if (heard + (service.signals?.length ?? 0) === 0)
    refuse(at, 'has neither alarms nor signals, so nothing would ever be heard of it.');
  if (alarms === 'none') return;
  for (const kind of alarmKinds) {
    const alarm = alarms[kind];
    const problem = alarm === 'none' ? undefined : alarmProblem(alarm);
    if (problem !== undefined) refuse([...at, 'alarms', kind], problem);
  }
}

/** A dependency is another service of the file: what is not looked after here is never seen to be in trouble. */
function checkDependencies({ services }: RecoveryConfig, id: string, own: ServiceConfig, refuse: Refuse): void {
  for (const [index, other] of (own.dependsOn ?? []).entries()) {
    const at: Path = ['services', id, 'dependsOn', index];
    if (other === id) refuse(at, 'is the service itself; it depends on others.');
    else if (!Object.hasOwn(services, other)) refuse(at, `${other} is none of the services of this file.`);
  }
}

/** Two services that are one ECS service, or that share a target group, would treat each other's tasks. */
function checkShared(config: RecoveryConfig, refuse: Refuse): void {
  const taken = new Map<string, string>();
  const claim = (key: string, id: string, path: Path, what: string) => {
    const other = taken.get(key);
    if (other === undefined) taken.set(key, id);
    else if (other === id) refuse(path, `names ${what} twice.`);
    else refuse(path, `is ${what} of ${other} too; each belongs to one service.`);
  };
  for (const [id, service] of Object.entries(config.services)) {
    const cluster = service.cluster ?? config.defaults?.cluster ?? '';
    claim(`${cluster}|${service.service}`, id, ['services', id, 'service'], 'the ECS service');
    for (const [index, arn] of (service.targetGroups ?? []).entries())
      claim(arn, id, ['services', id, 'targetGroups', index], 'a target group');
  }
}

type Signal = NonNullable<ServiceConfig['signals']>[number];

/** Can one alarm be meant by both? Names are equal, or one is a prefix that the other begins with. */
const overlap = (one: Signal, other: Signal): boolean =>
  one.alarm === other.alarm ||
  (one.match === 'prefix' && other.alarm.startsWith(one.alarm)) ||
  (other.match === 'prefix' && one.alarm.startsWith(other.alarm));

/** An alarm that two services claim does not tell which of them is in trouble. */
function checkSignals(config: RecoveryConfig, refuse: Refuse): void {
  const taken: { readonly id: string; readonly signal: Signal }[] = [];
  for (const [id, { signals = [] }] of Object.entries(config.services)) {
    for (const [index, signal] of signals.entries()) {
      const other = taken.find((earlier) => earlier.id !== id && overlap(earlier.signal, signal));
      if (other !== undefined) refuse(['services', id, 'signals', index, 'alarm'], shares(id, signal, other));
    }
    taken.push(...signals.map((signal) => ({ id, signal })));
  }
}

function shares(id: string, { alarm }: Signal, other: { readonly id: string; readonly signal: Signal }): string {
  const theirs = other.signal.alarm === alarm ? '' : ` (as ${other.signal.alarm})`;
  return `${alarm} of ${id} is a signal of ${other.id} too${theirs}; an alarm belongs to one service.`;
}
