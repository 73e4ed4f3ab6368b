// Sets the clock of a process ahead of the machine's by so many milliseconds: node --import FILE?ahead=MILLISECONDS
// Every thread imports it. `setAhead` in the main thread sets the clocks of all of them. What other threads have set a timer of a
// second or more for happens when their clock says so: `nextTimer()` tells when that is, null for never, and `onNextTimer` hears
// of each change.
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

/** In the main thread: when the next timer of another one is due. */
let next = null;

function listenToTimers() {
  channel.onmessage = ({ data }) => {
    next = data.next;
    globalThis.onNextTimer?.();
  };
  channel.unref();
  globalThis.setAhead = setAhead;
  globalThis.nextTimer = () => next;
}

function letTimersFollow() {
  const [set, clear] = [globalThis.setTimeout, globalThis.clearTimeout];
  const timers = new Map();
  const tell = () => channel.postMessage({ next: timers.size === 0 ? null : Math.min(...timers.values()) });
  globalThis.setTimeout = (callback, delay = 0, ...given) => {
    if (delay < 1000) return set(callback, delay, ...given);
    const timer = { run: () => callback(...given), unref: () => timer };
    timers.set(timer, now() + delay);
    tell();
    return timer;
  };
  globalThis.clearTimeout = (timer) => {
    if (!timers.delete(timer)) return clear(timer);
    tell();
  };
  channel.onmessage = ({ data }) => {
    if (typeof data !== 'number') return;
    ahead = data;
    for (const [timer, due] of [...timers].sort(([, a], [, b]) => a - b))
      if (due <= now()) {
        timers.delete(timer);
        timer.run();
      }
    tell();
  };
}

if (isMainThread) listenToTimers();
else letTimersFollow();
