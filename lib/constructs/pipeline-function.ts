import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type DurableConfig,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { environment } from '../../lambdas/contract/environment.ts';
import { type FunctionName, ledgerTableName } from '../../lambdas/contract/names.ts';
import type { Install } from '../config/recovery.ts';
import { bundledHandler } from './bundled-handler.ts';
import { removalPolicy } from './ledger.ts';
import { type Permission, permit } from './permission.ts';
import { ownLogsPermission } from './runtime-permissions.ts';

export type PipelineFunctionProps = {
  readonly install: Install;
  /** Its handler is `lambdas/handlers/<name>.ts`. */
  readonly name: FunctionName | 'workflow-ended' | 'stop' | 'operate';
  readonly description: string;
  readonly permissions: readonly Permission[];
  readonly timeout: Duration;
  /** Executions at once that are kept free for it. */
  readonly reserved: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Only where other stacks must know it: a name keeps CloudFormation from replacing the function. */
  readonly functionName?: string;
  readonly durable?: DurableConfig;
  readonly deadLetters?: IQueue;
};

/** A function of the pipeline: its code, a role of its own that can do what it needs and no more, its logs. */
export class PipelineFunction extends Construct {
  readonly function: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: PipelineFunctionProps) {
    super(scope, id);
    const { install, name, deadLetters, durable, functionName } = props;
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `Paramedic (${install.name}): ${name}`,
    });
    const logGroup = new LogGroup(this, 'Logs', {
      retention: install.logRetentionDays,
      removalPolicy: removalPolicy(install),
    });
    permit(this.role, [...props.permissions, ownLogsPermission(logGroup.logGroupArn)]);
    this.function = new LambdaFunction(this, 'Function', {
      code: bundledHandler(name),
      handler: 'index.handler',
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 512,
      timeout: props.timeout,
      role: this.role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      environment: {
        [environment.pipeline]: install.name,
        [environment.ledgerTable]: ledgerTableName(install.name),
        ...props.environment,
      },
      // Open incidents run on the version they began with; a deployment must not delete it.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
      ...(install.reserveConcurrency ? { reservedConcurrentExecutions: props.reserved } : {}),
      ...(functionName === undefined ? {} : { functionName }),
      ...(durable === undefined ? {} : { durableConfig: durable }),
      ...(deadLetters === undefined ? {} : { deadLetterQueue: deadLetters }),
    });
  }
}
