import { readFileSync } from 'node:fs';
import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, it } from 'vitest';
import { readRecovery } from '../../lib/config/recovery.ts';
import { addStacks } from '../../lib/stacks/add-stacks.ts';
import { quickApp } from './synthesized.ts';

it("satisfies cdk-nag's AwsSolutions pack, with a reason for every finding that is accepted", () => {
  const read = readRecovery('recovery.yaml', readFileSync(new URL('../../recovery.yaml', import.meta.url), 'utf8'));
  if ('problems' in read) throw new Error('the example recovery.yaml is not valid');
  const app = quickApp();
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  addStacks(app, read.value);
  expect(() => app.synth()).not.toThrow();
});
