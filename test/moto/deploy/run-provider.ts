import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { json, text } from 'node:stream/consumers';

/** What a provider puts to the ResponseURL (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html). */
export type ProviderAnswer = {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly Data?: Readonly<Record<string, string>>;
};

const root = join(import.meta.dirname, '../../..');

/** Runs the provider of a custom resource in a process of its own, with nothing but this environment, until it answers. */
export async function runProvider(
  folder: string,
  environment: Readonly<Record<string, string>>,
  event: object,
): Promise<ProviderAnswer> {
  let answer: ProviderAnswer | undefined;
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      answer = body as ProviderAnswer;
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const child = spawn(process.execPath, [join(import.meta.dirname, 'run-provider.cjs'), folder, String(port)], {
    // Lambda's NODE_PATH leads to the SDK of the runtime.
    env: { PATH: process.env.PATH ?? '', NODE_PATH: join(root, 'node_modules'), ...environment },
  });
  child.stdin.end(JSON.stringify({ ...event, ResponseURL: 'https://cloudformation-custom-resource-response/answer' }));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await new Promise((resolve) => server.close(resolve));
  if (answer === undefined) throw new Error(`The provider did not answer.\n${out}\n${err}`);
  return answer;
}
