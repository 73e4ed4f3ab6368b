import { inWords } from '../contract/text.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Attempt } from '../model/incident-state.ts';
import type { Proposal } from '../model/proposal.ts';
import { registeredAgain, takenOut } from './half-done.ts';
import type { Lap, Move } from './lap.ts';
import { leave } from './leave.ts';
import { treat } from './treat.ts';

/**
 * ECS has registered what we took out, and its task runs on: it is taken out once more, by an order of its own. Then its task is
 * stopped as soon as no request can reach it: ECS would only register it again, so that waiting serves nobody.
 */
export function takeOutAgain(lap: Lap): Move | undefined {
  const out = takenOut(lap.state.attempts);
  if (out === undefined || (out.check !== 'helped' && out.check !== 'came-back')) return undefined;
  if (lap.state.triedRungs.includes(out.order.rung)) return undefined;
  if (registeredAgain(out.order, lap.seen.standing) === 'none') return undefined;
  const { rung } = out.order;
  const times = lap.state.attempts.filter(
    ({ order }) => order.rung === rung && order.proposal.repeats !== undefined,
  ).length;
  if (times >= lap.settings.limits.takeOutAgain.count) return leave(lap, 'target.came-back', tooOften(out, times));
  const treated = treat(lap, once(out, times + 1, lap), rung);
  return treated.kind === 'stopped' ? leave(lap, treated.reason, treated.says) : treated;
}

/** The same act once more. */
function once({ order: { proposal }, resultAt, startedAt }: Attempt, time: number, { at, settings }: Lap): Proposal {
  const key = proposal.repeats ?? proposal.key;
  const says = `It was registered again within ${inWords(at - (resultAt ?? startedAt))}`;
  const because: Evidence = { kind: 'CheckMade', source: 'ledger', at, says, check: 'came-back' };
  return {
    ...proposal,
    key: `${key}|again ${time}`,
    repeats: key,
    rationale:
      'ECS has registered it in the load balancer again, since its task runs on: it gets requests as before. Taken out once more, its task is stopped at once.',
    because: [because],
    expects: { see: 'stays-out', by: settings.timing.lap },
  };
}

const tooOften = ({ order: { proposal } }: Attempt, times: number): string =>
  `ECS has registered ${proposal.subjectName} again each time it was taken out, ${times + 1} times; its task runs on and gets requests.`;
