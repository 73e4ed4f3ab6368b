import { existsSync, readFileSync, statSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { renderProblem } from '../lib/config/read-yaml.ts';
import { readRecovery } from '../lib/config/recovery.ts';
import { addStacks } from '../lib/stacks/add-stacks.ts';

/** recovery.yaml → stacks. Another file: `npx cdk synth --context config=other.yaml`. */
function main(app: App): void {
  const file = String(app.node.tryGetContext('config') ?? 'recovery.yaml');
  if (!existsSync(file))
    throw new Error(`${file}: there is no such file; it says which services Paramedic looks after.`);
  if (statSync(file).isDirectory()) throw new Error(`${file} is a folder; give a file.`);
  const read = readRecovery(file, readFileSync(file, 'utf8'));
  if ('problems' in read) throw new Error(read.problems.map(renderProblem).join('\n'));
  addStacks(app, read.value);
  app.synth();
}

try {
  main(new App({ analyticsReporting: false }));
} catch (error) {
  // What is wrong is in the sentence; where in our code it was noticed helps nobody.
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
