import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { recoveryJsonSchema } from '../lib/config/recovery.ts';
import { permissionsPage } from '../lib/constructs/permissions-page.ts';

/** Writes the pages of docs/reference that are made of code. A test fails when one of them is out of date. */
const pages: Readonly<Record<string, string>> = {
  'recovery.schema.json': `${JSON.stringify(recoveryJsonSchema(), null, 2)}\n`,
  'permissions.md': permissionsPage(),
};

for (const [name, text] of Object.entries(pages)) {
  const path = fileURLToPath(new URL(`../docs/reference/${name}`, import.meta.url));
  writeFileSync(path, text);
  console.log(`wrote docs/reference/${name}`);
}
