import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { environment } from '../../lambdas/contract/environment.ts';
import { ruleName } from './arns.ts';
import { type Deployed, sweepPermissions } from './function-permissions.ts';
import type { Nets } from './nets.ts';
import { PipelineFunction } from './pipeline-function.ts';

export type SweepFunctionProps = {
  readonly deployed: Deployed;
  readonly recover: Alias;
  readonly nets: Nets;
  readonly ownAlarmLists: number;
  readonly operatorApi: string;
};

/**
 * Looks for what no event told of, on a schedule. What a sweep fails on, the next one does: it is not tried again, and only
 * what EventBridge cannot deliver at all goes to the net.
 */
export class SweepFunction extends Construct {
  readonly pipeline: PipelineFunction;

  constructor(scope: Construct, id: string, props: SweepFunctionProps) {
    super(scope, id);
    const { deployed, recover, nets, ownAlarmLists, operatorApi } = props;
    const { install } = deployed;
    this.pipeline = new PipelineFunction(this, 'sweep', {
      install,
      name: 'sweep',
      description: `Paramedic (${install.name}): looks for what no event told of`,
      permissions: sweepPermissions(deployed, recover.functionArn, recover.lambda.functionArn),
      timeout: Duration.minutes(2),
      reserved: 1,
      environment: {
        [environment.recoverFunction]: recover.functionArn,
        [environment.ownAlarmLists]: String(ownAlarmLists),
        [environment.messageLimit]: JSON.stringify(install.messages),
        [environment.operatorApi]: operatorApi,
      },
    });
    this.pipeline.function.configureAsyncInvoke({ maxEventAge: Duration.minutes(1), retryAttempts: 0 });
    new Rule(this, 'Schedule', {
      ruleName: ruleName(install.name, 'pipeline.sweep'),
      description: 'When to look for what no event told of.',
      schedule: Schedule.rate(Duration.minutes(install.sweepEvery.minutes)),
      targets: [
        new LambdaFunction(this.pipeline.function, {
          deadLetterQueue: nets.failedWorkflows,
          maxEventAge: Duration.minutes(5),
          retryAttempts: 2,
        }),
      ],
    });
  }
}
