import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Account } from '../harness/account.ts';
import { Installation } from './installation.ts';
import { inventory } from './inventory/inventory.ts';
import { RecoveryFile } from './recovery-file.ts';

const account = await Account.open('444400000004');
const file = new RecoveryFile(account.id);
let installation: Installation;

beforeAll(async () => {
  file.replace('install:\n', 'install:\n  removal: destroy\n');
  installation = await Installation.deploy(account, file.path);
}, 180_000);

afterAll(async () => {
  installation?.remove();
  file.remove();
  await account.close();
});

describe('an installation that may be removed whole', () => {
  it('leaves nothing when its stacks are deleted, but the key that KMS deletes after its waiting time', async () => {
    expect(Object.keys(await inventory(account)).length).toBeGreaterThan(70);
    await installation.destroy();
    const left = Object.entries(await inventory(account));
    expect(left.map(([name]) => name.replace(/ .*/, ''))).toEqual(['keys']);
    expect(left[0]?.[1]).toContain('"KeyState":"PendingDeletion"');
  });
});
