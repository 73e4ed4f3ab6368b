import { counted, inWords } from '../../contract/text.ts';
import { before } from '../../contract/time.ts';
import type { Guardrail } from './guardrail.ts';
import { allow, deny } from './verdicts.ts';

/** Where acts have no effect the diagnosis is wrong: a person is next. */
export const ineffectiveLimit: Guardrail = {
  name: 'ineffective-limit',

  check(_proposal, { settings, standing, history }) {
    const { count, within } = settings.limits.ineffective;
    const since = before(standing.at, within);
    const idle = history.acts.filter(
      ({ at, check, order }) => check === 'no-change' && order.undoes === null && at > since,
    ).length;
    return idle < count
      ? allow
      : deny(
          'repeat.ineffective',
          `${counted(idle, 'act')} on this service had no effect within ${inWords(within)}; at most ${count - 1} may.`,
        );
  },
};
