import type { ActionKind } from '../../lambdas/contract/names.ts';
import { grants } from '../../lambdas/contract/permissions.ts';
import {
  actionPermissions,
  type Deployed,
  onSignalPermissions,
  operatePermissions,
  recoverPermissions,
  stopPermissions,
  sweepPermissions,
  workflowEndedPermissions,
} from './function-permissions.ts';
import { installPausePermissions } from './ledger-permissions.ts';
import type { Permission } from './permission.ts';
import { checkpointPermission, failuresPermission, ownLogsPermission } from './runtime-permissions.ts';

/** Everything with a role of its own: the functions, and what writes the pause when Paramedic is installed. */
export type RoleName =
  | ActionKind
  | 'on-signal'
  | 'recover'
  | 'sweep'
  | 'workflow-ended'
  | 'stop'
  | 'operate'
  | 'installation';

/** ARNs that CloudFormation gives. */
export type DeployedArns = {
  readonly function: (name: RoleName) => string;
  readonly recoverAlias: string;
  readonly logGroup: (name: RoleName) => string;
  readonly failedSignals: string;
  readonly failedWorkflows: string;
};

/** All that each role allows. A test holds the synthesized roles to exactly this. */
export function permissionMatrix(
  deployed: Deployed,
  arns: DeployedArns,
): Readonly<Record<RoleName, readonly Permission[]>> {
  const kinds = Object.keys(grants) as ActionKind[];
  const logs = (name: RoleName) => ownLogsPermission(arns.logGroup(name));
  const action = (name: ActionKind) => [...actionPermissions(name, deployed), logs(name)];
  return {
    'deregister-target': action('deregister-target'),
    'register-target': action('register-target'),
    'replace-task': action('replace-task'),
    'restart-service': action('restart-service'),
    'roll-back-deployment': action('roll-back-deployment'),
    'roll-forward-deployment': action('roll-forward-deployment'),
    recover: [
      ...recoverPermissions(deployed, kinds.map(arns.function)),
      checkpointPermission(arns.function('recover')),
      failuresPermission(arns.failedWorkflows),
      logs('recover'),
    ],
    'on-signal': [
      ...onSignalPermissions(deployed, arns.recoverAlias),
      failuresPermission(arns.failedSignals),
      logs('on-signal'),
    ],
    sweep: [...sweepPermissions(deployed, arns.recoverAlias, arns.function('recover')), logs('sweep')],
    'workflow-ended': [
      ...workflowEndedPermissions(deployed),
      failuresPermission(arns.failedWorkflows),
      logs('workflow-ended'),
    ],
    stop: [...stopPermissions(deployed), logs('stop')],
    operate: [...operatePermissions(deployed, arns.function('recover'), arns.recoverAlias), logs('operate')],
    installation: [...installPausePermissions(deployed.install, deployed.keyArn), logs('installation')],
  };
}
