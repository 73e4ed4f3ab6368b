import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { ActionKind } from '../../lambdas/contract/names.ts';
import { actionPermissions, type Deployed } from './function-permissions.ts';
import { PipelineFunction } from './pipeline-function.ts';

/** One function per action, each with a role that can make that one change. Only `recover` invokes them. */
export class ActionFunctions extends Construct {
  readonly byKind: Readonly<Record<ActionKind, PipelineFunction>>;

  constructor(scope: Construct, id: string, deployed: Deployed) {
    super(scope, id);
    const { install } = deployed;
    const make = (name: ActionKind): PipelineFunction =>
      new PipelineFunction(this, name, {
        install,
        name,
        description: `Paramedic (${install.name}): carries out one order to ${name.replaceAll('-', ' ')}`,
        permissions: actionPermissions(name, deployed),
        timeout: Duration.seconds(60),
        reserved: 2,
      });
    this.byKind = {
      'deregister-target': make('deregister-target'),
      'register-target': make('register-target'),
      'replace-task': make('replace-task'),
      'restart-service': make('restart-service'),
      'roll-back-deployment': make('roll-back-deployment'),
      'roll-forward-deployment': make('roll-forward-deployment'),
    };
  }

  /** Action → ARN of the version that is deployed with this pipeline. */
  get versionArns(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      Object.entries(this.byKind).map(([kind, action]) => [kind, action.function.currentVersion.functionArn]),
    );
  }

  get functionArns(): readonly string[] {
    return Object.values(this.byKind).map((action) => action.function.functionArn);
  }
}
