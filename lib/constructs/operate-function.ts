import { CfnOutput, Duration } from 'aws-cdk-lib';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { Alias, IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { environment } from '../../lambdas/contract/environment.ts';
import { operateFunctionName, operatorPolicyName } from '../../lambdas/contract/names.ts';
import { type Deployed, operatePermissions, operatorPermission } from './function-permissions.ts';
import { statement } from './permission.ts';
import { PipelineFunction } from './pipeline-function.ts';

export type OperateFunctionProps = {
  readonly deployed: Deployed;
  readonly recover: { readonly function: IFunction; readonly alias: Alias };
};

/**
 * The one function through which people approve, reject, pause, resume and undo, known by its name. The policy that lets
 * somebody invoke it is for the installation's people to attach; who asks is proved in each request, not by the policy.
 */
export class OperateFunction extends Construct {
  readonly pipeline: PipelineFunction;

  constructor(scope: Construct, id: string, { deployed, recover }: OperateFunctionProps) {
    super(scope, id);
    const { install } = deployed;
    this.pipeline = new PipelineFunction(this, 'operate', {
      install,
      name: 'operate',
      description: `Paramedic (${install.name}): carries out what people ask for`,
      functionName: operateFunctionName(install.name),
      permissions: operatePermissions(deployed, recover.function.functionArn, recover.alias.functionArn),
      timeout: Duration.seconds(30),
      reserved: 2,
      environment: {
        [environment.recoverFunction]: recover.alias.functionArn,
        [environment.account]: install.account,
      },
    });
    this.#operators(deployed);
  }

  #operators({ install }: Deployed): void {
    const { managedPolicyArn } = new ManagedPolicy(this, 'Operators', {
      managedPolicyName: operatorPolicyName(install.name),
      path: install.rolePath,
      description: `May ask Paramedic (${install.name}) to pause, resume, approve, reject and undo, and nothing else`,
      statements: [statement(operatorPermission(install))],
    });
    new CfnOutput(this, 'OperatorPolicy', {
      value: managedPolicyArn,
      description: 'Attach this policy to whoever may pause, resume, approve, reject and undo.',
    });
  }
}
