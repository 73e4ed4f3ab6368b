import { inWords } from '../../contract/text.ts';
import { after } from '../../contract/time.ts';
import { earlierRungs } from './earlier-rungs.ts';
import type { Guardrail } from './guardrail.ts';
import { allow, hold } from './verdicts.ts';

/** After an earlier incident was treated, the service is left to settle before the next one is. */
export const cooldown: Guardrail = {
  name: 'cooldown',

  check(_proposal, facts) {
    const { settings, standing } = facts;
    const last = Math.max(...earlierRungs(facts).map((rung) => rung.at));
    const until = after(last, settings.limits.cooldown);
    return standing.at >= until
      ? allow
      : hold(
          'cooldown.active',
          until,
          `Paramedic last treated this service ${inWords(standing.at - last)} ago; it waits ${inWords(until - standing.at)} more.`,
        );
  },
};
