import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Install } from '../config/recovery.ts';
import { removalPolicy } from './ledger.ts';

/**
 * The key of ledger and topics. CloudWatch must be able to use it, else alarms on an encrypted topic vanish without a trace
 * (https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services). A key of your own
 * (`install.kmsKeyArn`) keeps its policy: see docs/reference/permissions.md for the statement it needs.
 */
export class EncryptionKey extends Construct {
  readonly key: IKey;

  constructor(scope: Construct, id: string, install: Install) {
    super(scope, id);
    if (install.kmsKeyArn !== null) {
      this.key = Key.fromKeyArn(this, 'Key', install.kmsKeyArn);
      return;
    }
    const key = new Key(this, 'Key', {
      description: `Paramedic (${install.name}): ledger and topics`,
      enableKeyRotation: true,
      removalPolicy: removalPolicy(install),
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOnEncryptedTopics',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': install.account } },
      }),
    );
    this.key = key;
  }
}
