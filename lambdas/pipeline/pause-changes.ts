import { inWords } from '../contract/text.ts';
import { type Duration, type Instant, inMillis } from '../contract/time.ts';
import type { Controls } from '../model/controls.ts';
import type { Answer, Operation } from '../model/operation.ts';
import type { OperatorPorts } from '../ports/ports.ts';
import { pauseInWords, unknownService, untilInWords } from './pause-wording.ts';

type Pause = Extract<Operation, { readonly kind: 'pause' }>;

/** What lasts longer is no pause: it needs no end, and somebody who ends it. */
const longestPause: Duration = { days: 30 };

/** Holds every change, of everything or of one service, from the moment the item is written. */
export async function pauseChanges({ service, until, why }: Pause, by: string, ports: OperatorPorts): Promise<Answer> {
  const flaw = flawIn(until, ports.clock.now());
  if (flaw !== undefined) return { kind: 'refused', says: flaw };
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

function flawIn(until: Instant | null, now: Instant): string | undefined {
  if (until === null) return undefined;
  if (until <= now) return 'The pause would have ended already: its end must be in the future.';
  return until - now > inMillis(longestPause)
    ? `The pause would last ${inWords(until - now)}; allowed are ${inWords(longestPause)}, or no end.`
    : undefined;
}

/** A kill switch must not depend on more than it needs: an id nobody knows holds nothing, and does no harm. */
async function isKnown(service: string, ports: OperatorPorts): Promise<'known' | 'unknown' | 'cannot-tell'> {
  try {
    return (await ports.settings.of(service)) === undefined ? 'unknown' : 'known';
  } catch {
    return 'cannot-tell';
  }
}

/** A pause may take the place of a longer one: whoever asks must hear of it. */
const insteadOf = (before: Controls | undefined): string =>
  before?.kind === 'paused' ? ` It takes the place of the pause ${pauseInWords(before)}.` : '';
