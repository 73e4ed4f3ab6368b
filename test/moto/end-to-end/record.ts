import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from '../harness/account.ts';

/**
 * Writes down every request of an account and who made it, one JSON object a line, into the folder that MOTO_RECORD names:
 * `caller` is the function's name (or who else plays a part). Nothing without that variable.
 */
export function record(account: Account, name: string): void {
  const folder = process.env.MOTO_RECORD;
  if (folder === undefined) return;
  const lines = account.requests.map(({ caller, operation, method, path, body, answeredBy, status }) =>
    JSON.stringify({ account: account.id, caller, operation, method, path, body, answeredBy, status }),
  );
  appendFileSync(join(folder, `${name}.jsonl`), lines.map((line) => `${line}\n`).join(''));
}
