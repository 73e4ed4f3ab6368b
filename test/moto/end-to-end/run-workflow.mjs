// Runs the bundle of `recover` on the durable SDK's local runner. Its parent plays the rest of Lambda:
// - { bundle, event, functions } begins it, and { result } or { error } is its end;
// - { id, arn, event } asks for a function to be run, answered by { id, result } or { id, error };
// - { id, until } says that the workflow waits, answered by { id, ahead } when it is time: how far the clock is ahead then;
// - { callback, ahead } is somebody's word, answered by { callback, known }: whether the workflow waited for it.
import { pathToFileURL } from 'node:url';
import { LocalDurableTestRunner } from '@aws/durable-execution-sdk-js-testing';

const waiting = new Map();
let asked = 0;

const ask = (what) =>
  new Promise((resolve) => {
    const id = ++asked;
    waiting.set(id, resolve);
    process.send({ id, ...what });
  });

const invoke = (arn) => async (event) => {
  const { result, error } = await ask({ arn, event });
  if (error !== undefined) throw new Error(error);
  return result;
};

const machineTimeout = globalThis.setTimeout;

/** The runner's own timers are the waits of the workflow: the parent says when they are over. All others are left alone. */
globalThis.setTimeout = (callback, delay = 0, ...given) => {
  if (delay <= 0 || !new Error().stack.includes('TimerScheduler')) return machineTimeout(callback, delay, ...given);
  void ask({ until: Date.now() + delay }).then(({ ahead }) => {
    globalThis.setAhead(ahead);
    callback(...given);
  });
  return { unref() {} };
};

/** What waits without a timer of the runner's, and invoked nothing, waits for a word; the runner sets its timers a moment later. */
const sayingWhenItWaits = (handler) => async (event, context) => {
  suspended = false;
  const answer = await handler(event, context);
  suspended = answer.Status === 'PENDING';
  machineTimeout(sayThatItWaits, 100);
  return answer;
};

let suspended = false;

function sayThatItWaits() {
  const until = globalThis.nextTimer();
  if (!suspended || waiting.size > 0 || until === null) return;
  void ask({ until }).then(({ ahead }) => goOn(ahead));
}

globalThis.onNextTimer = sayThatItWaits;

/** Whatever it waited for has come: the runner invokes the handler again. */
function goOn(ahead) {
  suspended = false;
  globalThis.setAhead(ahead);
}

let runner;

/** The local runner's callback ids say which operation they are of. */
async function heard({ callback, ahead }) {
  const { operationId } = JSON.parse(Buffer.from(callback, 'base64').toString('utf8'));
  const operation = runner?.getOperationById(operationId);
  const waits = operation?.isCallback() === true && operation.getStatus() === 'STARTED';
  const known = waits && operation.getCallbackDetails()?.callbackId === callback;
  process.send({ callback, known });
  if (!known) return;
  goOn(ahead);
  await operation.sendCallbackSuccess();
}

async function run({ bundle, event, functions }) {
  await LocalDurableTestRunner.setupTestEnvironment({ skipTime: false });
  const { handler } = await import(pathToFileURL(bundle).href);
  runner = new LocalDurableTestRunner({ handlerFunction: sayingWhenItWaits(handler) });
  for (const arn of functions) runner.registerFunction(arn, invoke(arn));
  const execution = await runner.run({ payload: event });
  const status = execution.getStatus();
  if (status === 'SUCCEEDED') return { result: execution.getResult() };
  return { error: `${status}: ${JSON.stringify(execution.getError())}` };
}

process.on('message', (message) => {
  if ('callback' in message) return void heard(message);
  if ('id' in message) {
    waiting.get(message.id)(message);
    waiting.delete(message.id);
    return;
  }
  run(message)
    .catch((error) => ({ error: String(error) }))
    .then((answer) => process.send(answer, () => process.exit(0)));
});

// Nobody is left to answer to.
process.on('disconnect', () => process.exit(1));
