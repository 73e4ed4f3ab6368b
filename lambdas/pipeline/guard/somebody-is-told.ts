import type { Guardrail } from './guardrail.ts';
import { allow, deny } from './verdicts.ts';

/** Nothing is done behind everybody's back. */
export const somebodyIsTold: Guardrail = {
  name: 'somebody-is-told',

  check(_proposal, { settings, standing: { listeners } }) {
    if ((listeners ?? 0) > 0) return allow;
    return deny(
      'nobody.told',
      listeners === null
        ? `Whether anybody listens to ${settings.topic} could not be read.`
        : `0 confirmed subscriptions on ${settings.topic}; at least 1 is needed.`,
    );
  },
};
