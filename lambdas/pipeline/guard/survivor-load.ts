import { counted, inWords } from '../../contract/text.ts';
import { after, inMillis } from '../../contract/time.ts';
import type { Load } from '../../model/load.ts';
import type { Proposal } from '../../model/proposal.ts';
import type { GuardFacts, Guardrail } from './guardrail.ts';
import { healthyTasks } from './healthy-tasks.ts';
import { graceForEvidence, senseDelay } from './sense-delay.ts';
import { takenOutOfService } from './taken-out-of-service.ts';
import { allow, deny, hold } from './verdicts.ts';

/** What each task that remains would carry, of what it may, in the unit of both. */
type Share = { readonly each: number; readonly most: number; readonly says: string };

/**
 * With one of N tasks out, the others carry N/(N-1) of what they did, and must be able to. N counts tasks that take traffic
 * and are healthy: what Paramedic took out is missing from it already, and has left the load balancer's own safety net, which
 * counts registered targets only.
 *
 * The whole load counts, as if the sick task had borne its full part: all of its requests will go to the others. One that
 * answers nothing used no CPU for its requests, so that the others' CPU will rise by its part once more.
 */
export const survivorLoad: Guardrail = {
  name: 'survivor-load',

  check(proposal, facts) {
    const subject = takenOutOfService(proposal, facts.standing);
    if (subject === undefined) return allow;
    const { standing, settings, load } = facts;
    const remaining = healthyTasks(standing).filter((task) => task.task.task !== subject).length;
    if (remaining === 0) return deny('load.survivors', 'No healthy task would remain to carry the load.');
    const share = load === null || isOld(load, facts) ? undefined : shareOf(load, remaining, proposal, facts);
    if (share === undefined)
      return hold('load.unknown', after(standing.at, settings.timing.lap), unknownBecause(facts));
    if (share.each <= share.most + 1e-9) return allow;
    return deny('load.survivors', `${counted(remaining, 'task')} would carry ${share.says}.`);
  },
};

function shareOf(load: Load, remaining: number, proposal: Proposal, { settings }: GuardFacts): Share | undefined {
  const { capacityPerTask, most } = settings.limits.survivorLoad;
  if (capacityPerTask !== null && load.requests !== null) {
    const [each, limit] = [load.requests / remaining, most * capacityPerTask];
    return { each, most: limit, says: `${figure(each)} requests a second each; at most ${figure(limit)} are allowed` };
  }
  if (load.cpu === null) return undefined;
  const silent = proposal.because.some(({ kind }) => kind === 'TaskSilent') ? (remaining + 1) / remaining : 1;
  const [each, limit] = [Math.max(load.cpu.most, load.cpu.newest * silent) / remaining, most * 100];
  return { each, most: limit, says: `${figure(each)} % of their CPU each; at most ${figure(limit)} % is allowed` };
}

/** Metrics that are older than they come say nothing of the load now. */
const isOld = ({ at }: Load, { standing }: GuardFacts): boolean => standing.at - at > longestDelay;

const longestDelay = inMillis(senseDelay.metrics) + inMillis(graceForEvidence);

const unknownBecause = ({ load, standing }: GuardFacts): string =>
  load !== null && standing.at - load.at > longestDelay
    ? `The newest metrics of the service are ${inWords(standing.at - load.at)} old.`
    : 'Neither requests nor CPU of the service were measured.';

const figure = (value: number): string => `${Math.round(value * 10) / 10}`;
