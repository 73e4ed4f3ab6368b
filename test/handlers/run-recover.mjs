// Runs the bundle of `recover` in this process on the durable SDK's local runner: node run-recover.mjs < what.json
// { bundle, actions: { ARN: bundle }, start, speed, word }: the clock of this process runs `speed` times as fast; `word` names
// a wait for a word that ends when the account under test says at /woken that somebody was woken.
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { LocalDurableTestRunner, WaitingOperationStatus } from '@aws/durable-execution-sdk-js-testing';

const { bundle, actions, start, speed, word } = JSON.parse(await text(process.stdin));
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
const running = runner.run({ payload: start });
if (word !== undefined) void wakeWhenTold(runner.getOperation(word));
const execution = await running;
const status = execution.getStatus();
console.log(
  JSON.stringify({
    result: { status, outcome: status === 'SUCCEEDED' ? execution.getResult() : execution.getError() },
  }),
);
process.exit(0);

async function wakeWhenTold(operation) {
  await operation.waitForData(WaitingOperationStatus.STARTED);
  while (!(await (await fetch(`${process.env.AWS_ENDPOINT_URL}/woken`)).json()).woken) await sleep(100);
  await operation.sendCallbackSuccess();
}
