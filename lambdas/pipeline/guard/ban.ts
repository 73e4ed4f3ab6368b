import { counted, inWords } from '../../contract/text.ts';
import type { Instant } from '../../contract/time.ts';
import type { History } from '../../model/incident-state.ts';
import { banUntil } from './ban-until.ts';
import type { Guardrail } from './guardrail.ts';
import { allow, hold } from './verdicts.ts';

/** What was undone is not done again so soon: the same act on the same subject, for longer each time. */
export const ban: Guardrail = {
  name: 'ban',

  check({ key, repeats = key }, { settings, standing, history }) {
    const undone = timesUndone(repeats, history);
    const { at: now } = standing;
    const until = banUntil(undone, { ban: settings.limits.ban, incidents: history.incidents, now });
    return until === null
      ? allow
      : hold(
          'action.banned',
          until,
          `It was undone ${counted(undone.length, 'time')}, the last ${inWords(now - Math.max(...undone))} ago, and is banned for ${inWords(until - now)} more.`,
        );
  },
};

/** When this act, on this subject, was taken back by a later one of its incident; oldest first. */
function timesUndone(key: string, { acts }: History): readonly Instant[] {
  const undone = acts.filter(({ order: { proposal } }) => (proposal.repeats ?? proposal.key) === key);
  return acts
    .filter(
      ({ incident, order, result }) =>
        result?.kind === 'done' && undone.some((act) => act.incident === incident && act.order.id === order.undoes),
    )
    .map(({ at }) => at)
    .toSorted((a, b) => a - b);
}
