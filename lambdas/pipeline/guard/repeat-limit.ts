import { before, inMillis } from '../../contract/time.ts';
import { earlierRungs } from './earlier-rungs.ts';
import type { Guardrail } from './guardrail.ts';
import { allow, count, deny, span } from './verdicts.ts';

/** A service that needs first aid again and again needs a person. */
export const repeatLimit: Guardrail = {
  name: 'repeat-limit',

  check(_proposal, facts) {
    const limit = facts.settings.limits.repeatLimit;
    const since = before(facts.standing.at, limit.within);
    const treated = earlierRungs(facts).filter((rung) => rung.at > since).length;
    return treated < limit.count
      ? allow
      : deny(
          'repeat.limit',
          `Paramedic treated this service ${count(treated, 'time')} within ${span(inMillis(limit.within))}; at most ${limit.count} are allowed.`,
        );
  },
};
