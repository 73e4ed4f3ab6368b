import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { environment } from '../../lambdas/contract/environment.ts';
import { ruleName } from './arns.ts';
import { Failures } from './failures.ts';
import { type Deployed, workflowEndedPermissions } from './function-permissions.ts';
import type { Nets } from './nets.ts';
import { PipelineFunction } from './pipeline-function.ts';
import { failuresPermission } from './runtime-permissions.ts';

export type WorkflowEndedProps = {
  readonly deployed: Deployed;
  readonly recover: IFunction;
  readonly nets: Nets;
  readonly operatorApi: string;
};

/**
 * Closes the incident of a workflow that ended before its time: else its service would stay taken for ever
 * (https://docs.aws.amazon.com/lambda/latest/dg/durable-monitoring.html#durable-monitoring-eventbridge).
 */
export class WorkflowEnded extends Construct {
  readonly pipeline: PipelineFunction;

  constructor(scope: Construct, id: string, { deployed, recover, nets, operatorApi }: WorkflowEndedProps) {
    super(scope, id);
    const { install } = deployed;
    this.pipeline = new PipelineFunction(this, 'workflow-ended', {
      install,
      name: 'workflow-ended',
      description: `Paramedic (${install.name}): closes the incident of a workflow that died`,
      permissions: [...workflowEndedPermissions(deployed), failuresPermission(nets.failedWorkflows.queueArn)],
      timeout: Duration.seconds(60),
      reserved: 1,
      environment: {
        [environment.messageLimit]: JSON.stringify(install.messages),
        [environment.operatorApi]: operatorApi,
      },
    });
    this.pipeline.function.configureAsyncInvoke({
      maxEventAge: Duration.hours(6),
      retryAttempts: 2,
      onFailure: new Failures(nets.failedWorkflows),
    });
    new Rule(this, 'Rule', {
      ruleName: ruleName(install.name, 'pipeline.workflow-ended'),
      description: 'Workflows of incidents that failed, timed out or were stopped.',
      eventPattern: {
        source: ['aws.lambda'],
        detailType: ['Durable Execution Status Change'],
        detail: {
          status: ['FAILED', 'TIMED_OUT', 'STOPPED'],
          functionArn: [{ prefix: `${recover.functionArn}:` }],
        },
      },
      targets: [
        new LambdaFunction(this.pipeline.function, { deadLetterQueue: nets.failedWorkflows, retryAttempts: 185 }),
      ],
    });
  }
}
