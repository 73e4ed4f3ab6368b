// Sets the clock of a process ahead of the machine's by so many milliseconds: node --import FILE?ahead=MILLISECONDS
// Every thread imports it. `setAhead` in the main thread sets the clocks of all of them.
import { BroadcastChannel, isMainThread } from 'node:worker_threads';

const Machine = Date;
const channel = new BroadcastChannel('shifted-clock');
channel.unref();
let ahead = Number(new URL(import.meta.url).searchParams.get('ahead'));

const now = () => Machine.now() + ahead;

globalThis.Date = new Proxy(Machine, {
  construct: (date, given, newTarget) => Reflect.construct(date, given.length === 0 ? [now()] : given, newTarget),
  get: (date, name) => (name === 'now' ? now : Reflect.get(date, name)),
});

const setAhead = (millis) => {
  ahead = millis;
  channel.postMessage(millis);
};

if (isMainThread) globalThis.setAhead = setAhead;
else
  channel.onmessage = ({ data }) => {
    ahead = data;
  };
