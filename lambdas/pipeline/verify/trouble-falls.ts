import { watchedAlarms } from '../../contract/alarms/watched.ts';
import { healthyFloor } from '../../contract/healthy-floor.ts';
import { targetsOf } from '../../contract/targets.ts';
import { inWords } from '../../contract/text.ts';
import type { Instant } from '../../contract/time.ts';
import type { Attempt } from '../../model/incident-state.ts';
import type { Expectation } from '../../model/proposal.ts';
import { actedAt, type Checked, deadline, type VerifyFacts } from './acted.ts';
import { fellBy, isWorse, type Level, levelSays, levels } from './levels.ts';
import { type Aftermath, aftermath, isQuiet, wasTold } from './minutes.ts';
import { slowShare } from './slow-share.ts';

/** From this share of the trouble on, nothing of it may remain. */
const allOfIt = 0.9;

/** Did the trouble end, or fall by this task's share of it? */
export function troubleFalls(
  attempt: Attempt,
  { share, by }: Extract<Expectation, { see: 'trouble-falls' }>,
  facts: VerifyFacts,
): Checked {
  const { settings, symptoms, standing } = facts;
  const acted = actedAt(attempt);
  const tooFew = tooFewHealthy(attempt, facts);
  if (tooFew !== undefined) return { check: 'worse', says: tooFew };

  const after = aftermath(facts, acted);
  const seen = levels(watchedAlarms(settings, symptoms), symptoms, acted, after);
  const figures = seen.map(levelSays).join(', ');
  if (isQuiet(after)) return { check: 'helped', says: sentence('No alarm breaches any more', figures) };
  if (seen.some(isWorse)) return { check: 'worse', says: sentence('It got worse', figures) };
  if (share < allOfIt && fellByShare(attempt, acted, facts, { share, after, seen })) {
    return { check: 'helped', says: sentence("The trouble fell by about this task's share", figures) };
  }
  return outOfTime(standing.at, deadline(acted, by, settings), acted, after, figures);
}

/** Not yet, until the deadline; then what the minutes after the act say, if they say anything. */
export function outOfTime(
  now: Instant,
  deadlineAt: Instant,
  acted: Instant,
  after: Aftermath,
  figures: string,
): Checked {
  if (now < deadlineAt) {
    return { check: 'not-yet', says: sentence(goesOn(after), figures) };
  }
  const waited = inWords(now - acted);
  if (awaitsOk(after)) {
    const says = `After ${waited} there is no OK of ${after.unproven.join(', ')}, and nothing else tells whether it helped`;
    return { check: 'cannot-tell', says: sentence(says, figures) };
  }
  return wasTold(after)
    ? { check: 'no-change', says: sentence(`The trouble goes on, ${waited} after the act`, figures) }
    : {
        check: 'cannot-tell',
        says: `After ${waited} there are no metrics, or too few requests, to tell whether it helped.`,
      };
}

function goesOn(after: Aftermath): string {
  if (after.states.length === 0) return 'No whole minute of metrics is there yet';
  return awaitsOk(after) ? `There is no OK of ${after.unproven.join(', ')} yet` : 'The trouble goes on';
}

/** Nothing of our own breaches in the newest minute; another alarm, which only its own OK can prove quiet, still fires. */
const awaitsOk = ({ states, unproven }: Aftermath): boolean => unproven.length > 0 && states.at(-1) !== 'bad';

export const sentence = (says: string, figures: string): string =>
  figures === '' ? `${says}.` : `${says}: ${figures}.`;

type Partial = { readonly share: number; readonly after: Aftermath; readonly seen: readonly Level[] };

/** Every alarm that was in trouble must have fallen. */
function fellByShare(attempt: Attempt, acted: Instant, facts: VerifyFacts, { share, after, seen }: Partial): boolean {
  const troubled = after.troubled.filter(({ spec }) => spec.kind === 'errors' || spec.kind === 'latency');
  return (
    troubled.length > 0 &&
    troubled.every(({ name, spec }) => {
      if (spec.kind === 'latency') {
        const slow = slowShare(attempt, acted, facts);
        return slow !== null && slow.after <= slow.before * (1 - share / 2);
      }
      const level = seen.find(({ alarm }) => alarm.name === name);
      return level !== undefined && fellBy(level, share, facts.standing.desired);
    })
  );
}

/** Fewer healthy tasks than must remain, which putting this one back would mend. */
function tooFewHealthy({ order }: Attempt, { settings, standing }: VerifyFacts): string | undefined {
  if (order.proposal.kind !== 'deregister-target') return undefined;
  const floor = healthyFloor(settings.limits, standing.desired);
  const healthy = standing.tasks.filter((task) =>
    targetsOf(task, standing.targets).some((target) => target.state === 'healthy'),
  ).length;
  if (healthy >= floor || healthy + 1 < floor) return undefined;
  return `Only ${healthy} healthy tasks are left, and at least ${floor} must remain.`;
}
