import { DescribeServicesCommand, DescribeTasksCommand, ECSClient } from '@aws-sdk/client-ecs';
import type { ActionKind } from '../../../lambdas/contract/names.ts';
import type { Order } from '../../../lambdas/model/order.ts';
import { Account } from '../harness/account.ts';
import type { Fleet } from '../harness/fleet.ts';

/** What an action's bundle changed: its subject in moto, before and after its function ran. */
export type Act = {
  readonly kind: ActionKind;
  readonly service: string;
  readonly before: string;
  readonly after: string;
};

/** The state in moto of what an order is about; deployments, which moto does not have, as they are played. */
export async function stateOf({ proposal }: Order, fleet: Fleet): Promise<string> {
  const { kind, subject } = proposal;
  if (kind === 'restart-service' || kind === 'roll-back-deployment' || kind === 'roll-forward-deployment')
    return serviceState(fleet, subject);
  if (!('task' in subject)) throw new Error(`${kind} is about no task.`);
  return kind === 'replace-task' ? taskState(fleet, subject.task.task) : targetState(fleet, subject.targets);
}

async function targetState(fleet: Fleet, targets: readonly { readonly id: string }[]): Promise<string> {
  const registered = (await fleet.targets()).map(({ Target }) => Target?.Id);
  const among = `${registered.length} registered`;
  return targets.map(({ id }) => `${registered.includes(id) ? 'registered' : 'not registered'} (${among})`).join();
}

async function taskState(fleet: Fleet, arn: string): Promise<string> {
  const ecs = new ECSClient(fleet.account.client(Account.past));
  const { cluster } = fleet.resources;
  const { tasks: [task] = [] } = await ecs.send(new DescribeTasksCommand({ cluster, tasks: [arn] }));
  const reason = task?.stoppedReason;
  return `${task?.lastStatus}${reason === undefined || reason === '' ? '' : ` ("${reason}")`}`;
}

async function serviceState(fleet: Fleet, subject: object): Promise<string> {
  const ecs = new ECSClient(fleet.account.client(Account.past));
  const { cluster, service } = fleet.resources;
  const { services: [found] = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }));
  if ('way' in subject && subject.way === 'stop-running') return `deployment ${fleet.history.all.at(-1)?.status}`;
  const definition = found?.taskDefinition?.split('/').at(-1);
  return `${definition}, deployment ${found?.deployments?.[0]?.id}`;
}

/** As a table in Markdown. */
export function tableOf(acts: readonly Act[]): string {
  const rows = acts.map(({ kind, service, before, after }) => `| ${kind} (${service}) | ${before} | ${after} |`);
  return ['| action (service) | before | after |', '| --- | --- | --- |', ...rows].join('\n');
}
