import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { ledgerTableName } from '../../lambdas/contract/names.ts';
import type { Install } from '../config/recovery.ts';

/** What is kept when the stacks are deleted, unless `install.removal` says destroy. */
export const removalPolicy = ({ removal }: Install): RemovalPolicy =>
  removal === 'destroy' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;

/** The append-only record of every decision, and the pause. */
export class Ledger extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, install: Install, key: IKey) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      tableName: ledgerTableName(install.name),
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // Only for tidying history away. Nothing ends because an item vanished: DynamoDB may take days.
      timeToLiveAttribute: 'expiresAt',
      deletionProtection: install.removal === 'keep',
      removalPolicy: removalPolicy(install),
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
    });
  }
}
