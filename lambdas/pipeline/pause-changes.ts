import { after } from '../contract/time.ts';
import type { Controls } from '../model/controls.ts';
import type { Answer, StopOperation } from '../model/operation.ts';
import type { StopPorts } from '../ports/ports.ts';
import { pauseInWords, unknownService, untilInWords } from './pause-wording.ts';

type Pause = Extract<StopOperation, { readonly kind: 'pause' }>;

/** Holds every change, of everything or of one service, from the moment the item is written; for so long from now on. */
export async function pauseChanges(pause: Pause, by: string, ports: StopPorts): Promise<Answer> {
  const { service, why } = pause;
  const until = pause.for === null ? null : after(ports.clock.now(), pause.for);
  const known = service === null ? 'known' : await isKnown(service, ports);
  if (service !== null && known === 'unknown') return unknownService(service);
  const all = await ports.controls.readAll();
  const before = service === null ? all.everything : all.services[service];
  await ports.controls.write(service, { paused: true, by, why, until });
  const what = service ?? 'any service';
  const unsure = known === 'cannot-tell' ? ` Whether there is a service ${service} could not be read.` : '';
  return {
    kind: 'done',
    says: `Paused: nothing is changed for ${what} ${untilInWords(until)}.${insteadOf(before)}${unsure}`,
  };
}

/** A kill switch must not depend on more than it needs: an id nobody knows holds nothing, and does no harm. */
async function isKnown(service: string, ports: StopPorts): Promise<'known' | 'unknown' | 'cannot-tell'> {
  try {
    return (await ports.settings.of(service)) === undefined ? 'unknown' : 'known';
  } catch {
    return 'cannot-tell';
  }
}

/** A pause may take the place of a longer one: whoever asks must hear of it. */
const insteadOf = (before: Controls | undefined): string =>
  before?.kind === 'paused' ? ` It takes the place of the pause ${pauseInWords(before)}.` : '';
