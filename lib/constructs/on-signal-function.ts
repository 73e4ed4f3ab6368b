import { Duration } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { environment } from '../../lambdas/contract/environment.ts';
import { onSignalFunctionName } from '../../lambdas/contract/names.ts';
import { ruleArns } from './arns.ts';
import { Failures } from './failures.ts';
import { type Deployed, onSignalPermissions } from './function-permissions.ts';
import { PipelineFunction } from './pipeline-function.ts';
import { failuresPermission } from './runtime-permissions.ts';

export type OnSignalFunctionProps = {
  readonly deployed: Deployed;
  readonly recover: Alias;
  readonly failed: Queue;
};

/** Takes signals in and starts the workflow of an incident. Rules of every stack reach it by its name. */
export class OnSignalFunction extends Construct {
  readonly pipeline: PipelineFunction;

  constructor(scope: Construct, id: string, { deployed, recover, failed }: OnSignalFunctionProps) {
    super(scope, id);
    const { install } = deployed;
    this.pipeline = new PipelineFunction(this, 'on-signal', {
      install,
      name: 'on-signal',
      description: `Paramedic (${install.name}): takes signals in`,
      functionName: onSignalFunctionName(install.name),
      permissions: [...onSignalPermissions(deployed, recover.functionArn), failuresPermission(failed.queueArn)],
      timeout: Duration.seconds(30),
      reserved: 5,
      environment: { [environment.recoverFunction]: recover.functionArn },
    });
    const { function: onSignal } = this.pipeline;
    onSignal.configureAsyncInvoke({
      maxEventAge: Duration.minutes(15),
      retryAttempts: 2,
      onFailure: new Failures(failed),
    });
    // One permission for the rules of all services: a function's policy holds 20 KB, some fifty rules.
    onSignal.addPermission('Rules', {
      principal: new ServicePrincipal('events.amazonaws.com'),
      sourceArn: ruleArns(install),
    });
  }
}
