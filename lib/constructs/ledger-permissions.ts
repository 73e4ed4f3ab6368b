import { controlsPartition } from '../../lambdas/contract/controls-item.ts';
import { ledgerTableName } from '../../lambdas/contract/names.ts';
import type { Install } from '../config/recovery.ts';
import { arnOf } from './arns.ts';
import type { Permission } from './permission.ts';

const tableArn = (install: Install): string => arnOf(install, 'dynamodb', `table/${ledgerTableName(install.name)}`);

/** The host a service is reached at, as KMS sees it (https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html). */
export const viaService = (install: Install, service: string): string =>
  `${service}.${install.region}.amazonaws.com${install.partition === 'aws-cn' ? '.cn' : ''}`;

type Operation = 'ConditionCheckItem' | 'GetItem' | 'PutItem' | 'Query' | 'UpdateItem';
/** What a function does with the table, and which of its ports does it. */
export type TableUse = Readonly<Partial<Record<Operation, readonly string[]>>>;

/** Everybody appends; only an action claims its order, and writes nothing new but its place among the acts in flight. */
export const tableUses = {
  'on-signal': { GetItem: ['ledger'], Query: ['ledger'], PutItem: ['ledger'], UpdateItem: ['ledger'] },
  recover: {
    GetItem: ['controls', 'fleet', 'ledger', 'outbox'],
    Query: ['fleet', 'ledger'],
    PutItem: ['fleet', 'ledger', 'outbox'],
    UpdateItem: ['ledger'],
  },
  'workflow-ended': {
    GetItem: ['controls', 'fleet', 'ledger', 'outbox'],
    Query: ['ledger'],
    PutItem: ['fleet', 'ledger', 'outbox'],
    UpdateItem: ['ledger'],
  },
  stop: { GetItem: ['controls', 'fleet', 'log'], Query: ['controls'], PutItem: ['controls', 'fleet', 'log'] },
  operate: { GetItem: ['ledger', 'log'], Query: ['ledger'], PutItem: ['ledger', 'log'], UpdateItem: ['ledger'] },
  sweep: {
    GetItem: ['controls', 'fleet', 'ledger', 'outbox'],
    Query: ['ledger', 'openIncidents', 'outbox'],
    PutItem: ['fleet', 'ledger', 'outbox'],
    UpdateItem: ['ledger'],
  },
  action: {
    GetItem: ['controls', 'fleet', 'ledger'],
    Query: ['fleet', 'ledger'],
    PutItem: ['fleet'],
    ConditionCheckItem: ['ledger'],
    UpdateItem: ['ledger'],
  },
} as const satisfies Record<string, TableUse>;

/**
 * Using the ledger's key, but only as DynamoDB does on the function's behalf. Whoever reads or writes items needs to decrypt
 * the table's key (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html).
 */
const keyPermissions = (install: Install, keyArn: string, neededBy: readonly string[]): readonly Permission[] => {
  const throughTable = {
    resources: [keyArn],
    conditions: { StringEquals: { 'kms:ViaService': viaService(install, 'dynamodb') } },
    wider: null,
  };
  return [
    { ...throughTable, actions: ['kms:Decrypt'], neededBy },
    {
      ...throughTable,
      actions: ['kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
      neededBy: [],
      because:
        'DynamoDB: AWS names them as the least it requires of a key, and does not say that item access never needs them. Were one missing, nothing could be read or written; none can be used but through DynamoDB.',
    },
  ];
};

/**
 * Reading and appending; nothing may be deleted. That no function but `stop` writes what people own (the pause) is not
 * forbidden here: every claim checks the pause and begins its order in one transaction, and whether `dynamodb:LeadingKeys` then holds the
 * keys of the whole transaction is not documented. If it does, a denial for the pause's key would deny every claim
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html).
 */
export const ledgerPermissions = (install: Install, keyArn: string, use: TableUse): readonly Permission[] => [
  ...Object.entries(use).map(([operation, neededBy]) => ({
    actions: [`dynamodb:${operation}`],
    resources: [tableArn(install)],
    wider: `Any item: the functions of a pipeline share its ledger. Writing the pause (the items of \`${controlsPartition}\`) is for \`stop\` alone, by test and not by IAM: see above.`,
    neededBy,
  })),
  ...keyPermissions(install, keyArn, [...new Set(Object.values(use).flat())].sort()),
];

/** Writing the pause once, at installation, and nothing else. */
export const installPausePermissions = (install: Install, keyArn: string): readonly Permission[] => [
  {
    actions: ['dynamodb:PutItem'],
    resources: [tableArn(install)],
    // All of no keys would do too: there must be one.
    conditions: {
      'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [controlsPartition] },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    },
    wider: null,
    neededBy: ['installation'],
  },
  ...keyPermissions(install, keyArn, ['installation']),
];
