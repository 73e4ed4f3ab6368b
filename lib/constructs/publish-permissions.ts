import type { Install } from '../config/recovery.ts';
import { viaService } from './ledger-permissions.ts';
import type { Permission } from './permission.ts';

/** Sending messages to the topics of the owners, and encrypting them. */
export const publishPermissions = (
  install: Install,
  topics: readonly string[],
  keyArn: string,
): readonly Permission[] => [
  { actions: ['sns:Publish'], resources: topics, wider: null, neededBy: ['notifier'] },
  {
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    resources: [keyArn],
    conditions: { StringEquals: { 'kms:ViaService': viaService(install, 'sns') } },
    wider: null,
    neededBy: ['notifier'],
  },
];
