import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Account } from '../harness/account.ts';
import { object } from './ask.ts';

/** Unpacks the archive that was deployed as the code of a function into a folder. */
export async function unpack(account: Account, functionName: string, folder: string): Promise<void> {
  const { Code, Configuration } = await new LambdaClient(account.client()).send(
    new GetFunctionCommand({ FunctionName: functionName }),
  );
  const key = Code?.Location?.split('/').at(-1) ?? '';
  const archive = await object(account, 'test', assetsBucket(account), key);
  const digest = createHash('sha256').update(archive).digest('base64');
  if (digest !== Configuration?.CodeSha256) throw new Error(`${key} is not the code of ${functionName}.`);
  const path = `${folder}.zip`;
  writeFileSync(path, archive);
  await promisify(execFile)('python3', ['-m', 'zipfile', '-e', path, folder]);
  rmSync(path);
}

/** Where `cdk deploy` puts assets; the qualifier is CDK's own unless an installation has another. */
const assetsBucket = ({ id, region }: Account): string => `cdk-hnb659fds-assets-${id}-${region}`;
