import { type ActionKind, apiParameter } from '../../lambdas/contract/names.ts';
import { apiStage, type Duty, duties } from '../../lambdas/contract/operation-api.ts';
import { guardReads } from '../../lambdas/contract/permissions.ts';
import type { Install, ServicePlan } from '../config/recovery.ts';
import { arnOf } from './arns.ts';
import { changePermissions } from './change-permissions.ts';
import { ledgerPermissions, tableUses } from './ledger-permissions.ts';
import type { Permission } from './permission.ts';
import { publishPermissions } from './publish-permissions.ts';
import { alarmPermissions, examinePermissions, lookPermissions, settingsPermission } from './read-permissions.ts';
import { executionsPermission } from './runtime-permissions.ts';

/** What the roles of all functions are made of. */
export type Deployed = {
  readonly install: Install;
  readonly services: readonly ServicePlan[];
  readonly keyArn: string;
  /** ARNs of the topics of the owners. */
  readonly topics: readonly string[];
};

export const actionPermissions = (kind: ActionKind, { install, services, keyArn }: Deployed): readonly Permission[] => [
  ...changePermissions(kind, install, services),
  ...lookPermissions(install, services, guardReads[kind]),
  ...ledgerPermissions(install, keyArn, tableUses.action),
];

export const recoverPermissions = (
  { install, services, keyArn, topics }: Deployed,
  actionArns: readonly string[],
): readonly Permission[] => [
  ...actionArns.map((arn) => ({
    actions: ['lambda:InvokeFunction'],
    resources: [`${arn}:*`],
    wider: 'Every version of the action functions: an open incident goes on with the versions it began with.',
    neededBy: ['workflow'],
  })),
  ...lookPermissions(install, services),
  ...examinePermissions(install, services),
  settingsPermission(install, ['fleet', 'settings']),
  ...publishPermissions(install, topics, keyArn),
  ...ledgerPermissions(install, keyArn, tableUses.recover),
];

export const onSignalPermissions = ({ install, keyArn }: Deployed, recoverAlias: string): readonly Permission[] => [
  { actions: ['lambda:InvokeFunction'], resources: [recoverAlias], wider: null, neededBy: ['workflows'] },
  settingsPermission(install),
  ...ledgerPermissions(install, keyArn, tableUses['on-signal']),
];

export const workflowEndedPermissions = ({ install, services, keyArn, topics }: Deployed): readonly Permission[] => [
  ...lookPermissions(install, services),
  settingsPermission(install),
  ...publishPermissions(install, topics, keyArn),
  ...ledgerPermissions(install, keyArn, tableUses['workflow-ended']),
];

export const sweepPermissions = (
  { install, services, keyArn, topics }: Deployed,
  recoverAlias: string,
  recoverArn: string,
): readonly Permission[] => [
  {
    actions: ['lambda:InvokeFunction'],
    resources: [recoverAlias],
    wider: null,
    neededBy: ['executions', 'workflows'],
  },
  executionsPermission(recoverArn),
  ...alarmPermissions(),
  ...lookPermissions(install, services),
  settingsPermission(install),
  ...publishPermissions(install, topics, keyArn),
  ...ledgerPermissions(install, keyArn, tableUses.sweep),
];

/** A stop is an item in the table, and the record of who asked for it. */
export const stopPermissions = ({ install, keyArn }: Deployed): readonly Permission[] => [
  settingsPermission(install),
  ...ledgerPermissions(install, keyArn, tableUses.stop),
];

/** What else people ask for is written down, or handed to the incident's workflow; `operate` changes no service itself. */
export const operatePermissions = (
  { install, keyArn }: Deployed,
  recoverArn: string,
  recoverAlias: string,
): readonly Permission[] => [
  { actions: ['lambda:InvokeFunction'], resources: [recoverAlias], wider: null, neededBy: ['workflows'] },
  {
    // https://docs.aws.amazon.com/lambda/latest/dg/durable-security.html#durable-callback-permissions
    actions: ['lambda:SendDurableExecutionCallbackSuccess'],
    resources: [`${recoverArn}:*`],
    wider: 'The executions of all versions of this one function: their ids are not known beforehand.',
    neededBy: ['callbacks'],
  },
  ...ledgerPermissions(install, keyArn, tableUses.operate),
];

/**
 * For people and their roles: asking for what their duty is, and finding where. What may be done for them is the functions' own.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html
 */
export const dutyPermissions = (install: Install, apiId: string, duty: Duty): readonly Permission[] => [
  {
    actions: ['execute-api:Invoke'],
    resources: duties[duty].map((route) => arnOf(install, 'execute-api', `${apiId}/${apiStage}/POST/${route}`)),
    wider: null,
    neededBy: ['people'],
  },
  {
    actions: ['ssm:GetParameter'],
    resources: [arnOf(install, 'ssm', `parameter${apiParameter(install.name)}`)],
    wider: null,
    neededBy: ['people'],
  },
];
