// Runs the bundle of `recover` in this process on the durable SDK's local runner: node run-recover.mjs < what.json
// { bundle, actions: { ARN: bundle }, start, speed }: the clock of this process runs `speed` times as fast.
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { LocalDurableTestRunner } from '@aws/durable-execution-sdk-js-testing';

const { bundle, actions, start, speed } = JSON.parse(await text(process.stdin));
const realNow = Date.now;
const begin = realNow();
Date.now = () => Math.round(begin + (realNow() - begin) * speed);

const load = async (path) => (await import(pathToFileURL(path).href)).handler;
await LocalDurableTestRunner.setupTestEnvironment({ skipTime: false });
const runner = new LocalDurableTestRunner({ handlerFunction: await load(bundle) });
for (const [arn, path] of Object.entries(actions)) {
  const action = await load(path);
  runner.registerFunction(arn, (ref) => action(ref));
}
const execution = await runner.run({ payload: start });
const status = execution.getStatus();
console.log(
  JSON.stringify({
    result: { status, outcome: status === 'SUCCEEDED' ? execution.getResult() : execution.getError() },
  }),
);
process.exit(0);
