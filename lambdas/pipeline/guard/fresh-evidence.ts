import { inWords } from '../../contract/text.ts';
import { after, type Instant } from '../../contract/time.ts';
import type { Evidence } from '../../model/evidence.ts';
import { continuesItsRung } from './continues-its-rung.ts';
import type { Guardrail } from './guardrail.ts';
import { graceForEvidence, senseDelay } from './sense-delay.ts';
import { allow, hold } from './verdicts.ts';

/** Old evidence doesn't count: the world may have healed, or something else may be wrong by now. */
export const freshEvidence: Guardrail = {
  name: 'fresh-evidence',

  check({ because }, facts) {
    const { settings, standing } = facts;
    if (continuesItsRung(facts)) return allow;
    const again = after(standing.at, settings.timing.lap);
    if (because.length === 0) return hold('evidence.stale', again, 'It rests on no evidence.');
    const [stale] = because.filter((e) => standing.at > freshUntil(e)).sort((a, b) => freshUntil(a) - freshUntil(b));
    return stale === undefined
      ? allow
      : hold(
          'evidence.stale',
          again,
          `Its ${stale.source} evidence is ${inWords(standing.at - stale.at)} old: ${stale.says}`,
        );
  },
};

/** The last instant at which the fact still counts. */
function freshUntil({ source, at }: Evidence): Instant {
  const delay = senseDelay[source];
  return delay === null ? Number.POSITIVE_INFINITY : after(after(at, delay), graceForEvidence);
}
