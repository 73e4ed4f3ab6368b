import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

export type Answer = { readonly result?: unknown; readonly error?: string; readonly log: string };

/** What every function finds in its environment besides its own variables; its credentials open nothing. */
const lambdaEnvironment = (endpoint: string) => ({
  PATH: process.env.PATH ?? '',
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'token',
  AWS_LAMBDA_FUNCTION_NAME: 'function',
  AWS_ENDPOINT_URL: endpoint,
});

/** Runs a bundle in a process of its own, with nothing but this environment, and reads its last line. */
export async function runFunction(
  bundle: string,
  event: unknown,
  endpoint: string,
  environment: Readonly<Record<string, string>>,
): Promise<Answer> {
  const script = join(import.meta.dirname, 'run-function.mjs');
  const child = spawn(process.execPath, ['--no-warnings', script, bundle], {
    env: { ...lambdaEnvironment(endpoint), ...environment },
  });
  child.stdin.end(JSON.stringify(event));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const lines = out.trim().split('\n');
  try {
    const answer = JSON.parse(lines.at(-1) ?? '') as Omit<Answer, 'log'>;
    return { ...answer, log: lines.slice(0, -1).join('\n') };
  } catch {
    throw new Error(`${bundle} gave no answer.\n${out}\n${err}`);
  }
}
