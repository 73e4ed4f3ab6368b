import { Annotations, Duration, Stack } from 'aws-cdk-lib';
import { Policy } from 'aws-cdk-lib/aws-iam';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { environment } from '../../lambdas/contract/environment.ts';
import type { ActionFunctions } from './action-functions.ts';
import { type Deployed, recoverPermissions } from './function-permissions.ts';
import { acknowledgeWildcards, statement } from './permission.ts';
import { PipelineFunction } from './pipeline-function.ts';
import { checkpointPermission } from './runtime-permissions.ts';

export type RecoverFunctionProps = {
  readonly deployed: Deployed;
  readonly actions: ActionFunctions;
  readonly deadLetters: Queue;
  readonly operatorApi: string;
};

/**
 * How long a workflow may live. It ends by itself within the hour of `incidentWithin`, but watches a handed-over incident
 * until its alarms are OK, which may take a weekend.
 */
const longestIncident = Duration.days(4);

/** The life of an incident: a durable function that is called through an alias, so that each incident keeps its version. */
export class RecoverFunction extends Construct {
  readonly pipeline: PipelineFunction;
  readonly alias: Alias;

  constructor(scope: Construct, id: string, { deployed, actions, deadLetters, operatorApi }: RecoverFunctionProps) {
    super(scope, id);
    const { install } = deployed;
    this.pipeline = new PipelineFunction(this, 'recover', {
      install,
      name: 'recover',
      description: `Paramedic (${install.name}): the life of one incident`,
      permissions: recoverPermissions(deployed, actions.functionArns),
      timeout: Duration.minutes(5),
      reserved: 10,
      durable: { executionTimeout: longestIncident, retentionPeriod: Duration.days(30) },
      environment: {
        [environment.actionFunctions]: Stack.of(this).toJsonString(actions.versionArns),
        [environment.messageLimit]: JSON.stringify(install.messages),
        [environment.operatorApi]: operatorApi,
      },
      deadLetters,
    });
    this.#allowCheckpoints();
    Annotations.of(this.pipeline).acknowledgeInfo(
      'aws-lambda:Function.DurableConfig',
      'Durable from its first deployment on.',
    );
    this.alias = this.pipeline.function.addAlias('live');
  }

  /** A policy of its own: the role's is made before the function, whose ARN it would need. */
  #allowCheckpoints(): void {
    const { function: recover, role } = this.pipeline;
    const permission = checkpointPermission(recover.functionArn);
    const policy = new Policy(this, 'Checkpoints', { roles: [role], statements: [statement(permission)] });
    acknowledgeWildcards(policy, permission);
  }
}
