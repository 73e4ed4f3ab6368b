import { controlsPartition } from '../../lambdas/contract/controls-item.ts';
import { ledgerTableName } from '../../lambdas/contract/names.ts';
import type { Install } from '../config/recovery.ts';
import { arnOf } from './arns.ts';
import type { Permission } from './permission.ts';

const tableArn = (install: Install): string => arnOf(install, 'dynamodb', `table/${ledgerTableName(install.name)}`);

/** The host a service is reached at, as KMS sees it (https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html). */
export const viaService = (install: Install, service: string): string =>
  `${service}.${install.region}.amazonaws.com${install.partition === 'aws-cn' ? '.cn' : ''}`;

/** Using the ledger's key, but only as DynamoDB does on the function's behalf. */
const keyPermission = (install: Install, keyArn: string): Permission => ({
  actions: [
    'kms:Decrypt',
    'kms:DescribeKey',
    'kms:Encrypt',
    'kms:GenerateDataKey',
    'kms:ReEncryptFrom',
    'kms:ReEncryptTo',
  ],
  resources: [keyArn],
  conditions: { StringEquals: { 'kms:ViaService': viaService(install, 'dynamodb') } },
  wider: null,
});

/**
 * Reading and appending; nothing may be deleted. That no function writes what people own (the pause) is not forbidden here:
 * every claim checks the pause and begins its order in one transaction, and whether `dynamodb:LeadingKeys` then holds the
 * keys of the whole transaction is not documented. If it does, a denial for the pause's key would deny every claim
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html).
 */
export const ledgerPermissions = (install: Install, keyArn: string): readonly Permission[] => [
  {
    actions: [
      'dynamodb:ConditionCheckItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ],
    resources: [tableArn(install)],
    wider: `Any item: the functions of a pipeline share its ledger. Writing the pause (the items of \`${controlsPartition}\`) is forbidden by test, not by IAM: see above.`,
  },
  keyPermission(install, keyArn),
];

/** Writing the pause once, at installation, and nothing else. */
export const installPausePermissions = (install: Install, keyArn: string): readonly Permission[] => [
  {
    actions: ['dynamodb:PutItem'],
    resources: [tableArn(install)],
    conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [controlsPartition] } },
    wider: null,
  },
  keyPermission(install, keyArn),
];
