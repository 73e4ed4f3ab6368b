import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { recoveryJsonSchema } from '../../lib/config/recovery.ts';
import { permissionsPage } from '../../lib/constructs/permissions-page.ts';

const committed = (name: string): string =>
  readFileSync(new URL(`../../docs/reference/${name}`, import.meta.url), 'utf8');

it('the JSON Schema in the repository is the one of the code (npm run generate)', () => {
  expect(JSON.parse(committed('recovery.schema.json'))).toEqual(recoveryJsonSchema());
});

it('the page of permissions in the repository is the one of the code (npm run generate)', () => {
  expect(committed('permissions.md')).toBe(permissionsPage());
});

it('recovery.yaml names the schema, so that editors complete it', () => {
  const example = readFileSync(new URL('../../recovery.yaml', import.meta.url), 'utf8');
  expect(example).toMatch(/^# yaml-language-server: \$schema=docs\/reference\/recovery\.schema\.json\n/);
});
