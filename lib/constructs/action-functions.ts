import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { ActionKind } from '../../lambdas/contract/names.ts';
import { grants } from '../../lambdas/contract/permissions.ts';
import type { Install, ServicePlan } from '../config/recovery.ts';
import { changePermissions } from './change-permissions.ts';
import { ledgerPermissions } from './ledger-permissions.ts';
import type { Permission } from './permission.ts';
import { PipelineFunction } from './pipeline-function.ts';
import { lookPermissions } from './read-permissions.ts';

export const actionKinds = Object.keys(grants) as readonly ActionKind[];

export type ActionFunctionsProps = {
  readonly install: Install;
  readonly services: readonly ServicePlan[];
  readonly keyArn: string;
};

/** One function per action, each with a role that can make that one change. Only `recover` invokes them. */
export class ActionFunctions extends Construct {
  readonly byKind: Readonly<Record<ActionKind, PipelineFunction>>;

  constructor(scope: Construct, id: string, { install, services, keyArn }: ActionFunctionsProps) {
    super(scope, id);
    const make = (name: ActionKind): PipelineFunction =>
      new PipelineFunction(this, name, {
        install,
        name,
        description: `Paramedic (${install.name}): carries out one order to ${name.replaceAll('-', ' ')}`,
        permissions: [
          ...lookPermissions(install, services),
          ...ledgerPermissions(install, keyArn),
          ...changePermissions(name, install, services),
        ],
        timeout: Duration.seconds(60),
        reserved: 2,
      });
    this.byKind = {
      'deregister-target': make('deregister-target'),
      'register-target': make('register-target'),
      'replace-task': make('replace-task'),
      'restart-service': make('restart-service'),
      'roll-back-deployment': make('roll-back-deployment'),
    };
  }

  /** Action → ARN of the version that is deployed with this pipeline. */
  get versionArns(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      Object.entries(this.byKind).map(([kind, action]) => [kind, action.function.currentVersion.functionArn]),
    );
  }

  /** Incidents that are open across a deployment go on calling the versions they began with. */
  invokePermissions(): readonly Permission[] {
    return Object.values(this.byKind).map(({ function: { functionArn } }) => ({
      actions: ['lambda:InvokeFunction'],
      resources: [`${functionArn}:*`],
      wider: 'Every version of the action functions: an open incident goes on with the versions it began with.',
    }));
  }
}
