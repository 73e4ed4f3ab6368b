import { Duration } from 'aws-cdk-lib';
import type { Alias, IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { environment } from '../../lambdas/contract/environment.ts';
import { type Deployed, operatePermissions, stopPermissions } from './function-permissions.ts';
import { PipelineFunction } from './pipeline-function.ts';

export type OperatorFunctionsProps = {
  readonly deployed: Deployed;
  readonly recover: { readonly function: IFunction; readonly alias: Alias };
};

/** Both answer before whoever asks gives up (see `askedWithin` in lib/operator), and before API Gateway does. */
const timeout = Duration.seconds(15);

/**
 * The two functions behind the API through which people ask. Stopping has one of its own: whatever comes of approvals, its
 * executions are free, and its role can do what a stop needs and no more.
 */
export class OperatorFunctions extends Construct {
  readonly stop: PipelineFunction;
  readonly operate: PipelineFunction;

  constructor(scope: Construct, id: string, { deployed, recover }: OperatorFunctionsProps) {
    super(scope, id);
    const { install } = deployed;
    const account = { [environment.account]: install.account };
    this.stop = new PipelineFunction(this, 'stop', {
      install,
      name: 'stop',
      description: `Paramedic (${install.name}): pauses and resumes for people`,
      permissions: stopPermissions(deployed),
      timeout,
      reserved: 5,
      environment: account,
    });
    this.operate = new PipelineFunction(this, 'operate', {
      install,
      name: 'operate',
      description: `Paramedic (${install.name}): answers proposals and takes back for people`,
      permissions: operatePermissions(deployed, recover.function.functionArn, recover.alias.functionArn),
      timeout,
      reserved: 2,
      environment: { ...account, [environment.recoverFunction]: recover.alias.functionArn },
    });
  }
}
