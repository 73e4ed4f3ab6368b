import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { AwsCustomResource, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import { controlsAttributes, installedControls } from '../../lambdas/contract/controls-item.ts';
import type { Install } from '../config/recovery.ts';
import { removalPolicy } from './ledger.ts';
import { installPausePermissions } from './ledger-permissions.ts';
import { permit } from './permission.ts';
import { ownLogsPermission } from './runtime-permissions.ts';

export type PauseStateProps = { readonly install: Install; readonly table: Table; readonly key: IKey };

/**
 * The item that says Paramedic is not paused. It is written when Paramedic is installed and never by a deployment after
 * that: whether Paramedic may act is then for people to say, and what they said survives every deployment.
 */
export class PauseState extends Construct {
  constructor(scope: Construct, id: string, { install, table, key }: PauseStateProps) {
    super(scope, id);
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const logGroup = new LogGroup(this, 'Logs', {
      retention: install.logRetentionDays,
      removalPolicy: removalPolicy(install),
    });
    permit(role, [...installPausePermissions(install, key.keyArn), ownLogsPermission(logGroup.logGroupArn)]);
    const resource = new AwsCustomResource(this, 'Item', {
      resourceType: 'Custom::ParamedicPauseState',
      onCreate: {
        service: 'DynamoDB',
        action: 'PutItem',
        parameters: {
          TableName: table.tableName,
          Item: controlsAttributes(installedControls),
          ConditionExpression: 'attribute_not_exists(pk)',
        },
        physicalResourceId: PhysicalResourceId.of('paramedic-pause-state'),
        // Installed before: the item that is there stays as it is.
        ignoreErrorCodesMatching: 'ConditionalCheckFailedException',
      },
      role,
      installLatestAwsSdk: false,
      logGroup,
    });
    resource.node.addDependency(table, role);
  }
}
