import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

/** Runs the CDK app for a recovery.yaml, as `cdk synth` does, into a folder. */
export async function synthesize(recoveryYaml: string, folder: string): Promise<void> {
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as { readonly context: object };
  const env = {
    ...process.env,
    CDK_OUTDIR: folder,
    CDK_VALIDATION: 'false',
    CDK_CONTEXT_JSON: JSON.stringify({ ...context, config: resolve(recoveryYaml) }),
  };
  await new Promise<void>((done, fail) => {
    execFile(process.execPath, ['--import', 'tsx', 'bin/app.ts'], { cwd: root, env }, (error, _, stderr) => {
      if (error) fail(new Error(stderr));
      else done();
    });
  });
}
