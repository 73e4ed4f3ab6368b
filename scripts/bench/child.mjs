// One process of a function: node child.mjs BUNDLE RESPONDER, with an IPC channel. It imports the bundle, says how long that
// took, and handles each event it is sent: { event, until, account } → { own }, the time of its own until the first request
// that holds the text `until`. Times are { busy, cpu } in milliseconds. Busy: the event loop was at work, not waiting for the
// clock. CPU: of all threads of the process. The time in which the account makes up its answers is taken off both.
import { pathToFileURL } from 'node:url';
import { answerInstantly } from './instant-http.mjs';

const [, , bundle, responderFile] = process.argv;
const load = (file) => import(pathToFileURL(file).href);

const cpuSince = (from) => {
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
};

/** The event under way: its account, what it waits to see, since when, and for how long the account has made up answers. */
let current;

function answer(request) {
  if (current.own === undefined && holds(request, current.until)) current.own = ownTime(current);
  const asked = performance.now();
  const given = current.respond(request);
  current.answering += performance.now() - asked;
  return given;
}

/** CPU time cannot be asked for at every answer: asking is slow in some sandboxes. The answers' share of it is their share of the busy time. */
function ownTime({ loop, cpu, answering }) {
  const { active } = performance.eventLoopUtilization(loop);
  return { busy: active - answering, cpu: cpuSince(cpu) * (1 - answering / active) };
}

/** What tells requests apart: the path, the operation of the JSON protocols, the body. */
const holds = ({ path, headers, text }, until) => `${path} ${headers['x-amz-target'] ?? ''} ${text}`.includes(until);

const began = { at: performance.now(), cpu: process.cpuUsage() };
const { handler } = await load(bundle);
const imported = { busy: performance.now() - began.at, cpu: cpuSince(began.cpu) };

const { responder } = await load(responderFile);
answerInstantly(answer);
const context = { functionName: 'function', awsRequestId: 'request', getRemainingTimeInMillis: () => 60_000 };

process.on('message', async ({ event, until, account }) => {
  const respond = responder(account);
  current = { respond, until, answering: 0, loop: performance.eventLoopUtilization(), cpu: process.cpuUsage() };
  const result = await handler(event, context).catch((error) => ({ error: String(error?.stack) }));
  process.send(current.own === undefined ? { failed: JSON.stringify(result) } : { own: current.own });
});
process.send({ imported });
