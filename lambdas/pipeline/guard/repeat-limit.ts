import { counted, inWords } from '../../contract/text.ts';
import { before } from '../../contract/time.ts';
import { earlierRungs } from './earlier-rungs.ts';
import type { Guardrail } from './guardrail.ts';
import { allow, deny } from './verdicts.ts';

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
          `Paramedic treated this service ${counted(treated, 'time')} within ${inWords(limit.within)}; at most ${limit.count} are allowed.`,
        );
  },
};
