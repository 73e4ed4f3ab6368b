import { watchedAlarms } from '../../contract/alarms/watched.ts';
import { isUnderWay, sameRelease } from '../../contract/releases.ts';
import { inWords } from '../../contract/text.ts';
import type { Instant } from '../../contract/time.ts';
import type { DeploymentFact, Standing } from '../../model/facts.ts';
import type { Attempt } from '../../model/incident-state.ts';
import type { Expectation, Subjects } from '../../model/proposal.ts';
import { actedAt, type Checked, deadline, type VerifyFacts } from './acted.ts';
import { failedStarts } from './failed-starts.ts';
import { isAlike, isWorse, levelSays, levels } from './levels.ts';
import { aftermath, isQuiet } from './minutes.ts';
import { outOfTime, sentence } from './trouble-falls.ts';

type Progress =
  | { readonly kind: 'running' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'finished'; readonly at: Instant };

/** Has the deployment that the act began finished, and are the alarms quiet in the minutes after it? */
export function deploymentHelps(
  attempt: Attempt,
  { by }: Extract<Expectation, { see: 'deployment-helps' }>,
  facts: VerifyFacts,
): Checked {
  const { settings, symptoms, standing } = facts;
  const acted = actedAt(attempt);
  const progress = progressOf(attempt, standing);
  if (progress.kind === 'running')
    return doesNotStart(attempt, standing) ?? stillRunning(standing.at, acted, deadline(acted, by, settings));

  const since = progress.kind === 'finished' ? Math.max(acted, progress.at) : acted;
  const after = aftermath(facts, acted, since);
  const seen = levels(watchedAlarms(settings, symptoms), symptoms, acted, after);
  const figures = seen.map(levelSays).join(', ');
  if (seen.some(isWorse)) return { check: 'worse', says: sentence('It got worse', figures) };
  if (progress.kind === 'failed') return { check: 'no-change', says: 'The deployment failed or was stopped.' };
  if (isQuiet(after))
    return { check: 'helped', says: sentence('The deployment has finished, no alarm breaches', figures) };
  const checked = outOfTime(
    standing.at,
    deadline(since, settings.timing.verifyWithin, settings),
    acted,
    after,
    figures,
  );
  // The release before, too, fails in the newest minute, and nothing was gained: it was not the release.
  const inVain = checked.check === 'no-change' && after.states.at(-1) === 'bad' && seen.some(isAlike);
  return inVain && rollbackOf(attempt) !== undefined ? { ...checked, inVain: 'suffers-alike' } : checked;
}

/** Of a rollback by an update: tasks that AWS itself goes back to have run before. */
function doesNotStart(attempt: Attempt, standing: Standing): Checked | undefined {
  const deployment = rollbackOf(attempt)?.way === 'update-service' ? deploymentOf(attempt, standing) : undefined;
  const says = deployment && failedStarts(attempt, deployment, standing);
  return says === undefined ? undefined : { check: 'no-change', says, inVain: 'tasks-do-not-start' };
}

function stillRunning(now: Instant, acted: Instant, until: Instant): Checked {
  if (now < until) return { check: 'not-yet', says: 'The deployment has not finished yet.' };
  return { check: 'no-change', says: `The deployment has not finished within ${inWords(now - acted)}.` };
}

function progressOf(attempt: Attempt, standing: Standing): Progress {
  const deployment = deploymentOf(attempt, standing);
  if (deployment === undefined || isUnderWay(deployment)) return { kind: 'running' };
  const wanted = isStop(attempt) ? 'rolled-back' : 'successful';
  if (deployment.status !== wanted) return { kind: 'failed' };
  return { kind: 'finished', at: deployment.finishedAt ?? deployment.startedAt };
}

/** The one that AWS was told to roll back, or the one that the act began. */
function deploymentOf(attempt: Attempt, { deployments }: Standing): DeploymentFact | undefined {
  const rollback = rollbackOf(attempt);
  if (rollback?.way === 'stop-running') return deployments.find(({ id }) => id === rollback.deployment);
  const good = deployments.find(({ id }) => id === rollback?.good);
  return deployments.find(
    (deployment) =>
      deployment.startedAt >= attempt.startedAt &&
      (rollback === undefined || (good !== undefined && sameRelease(deployment, good))),
  );
}

const isStop = (attempt: Attempt): boolean => rollbackOf(attempt)?.way === 'stop-running';

function rollbackOf({ order }: Attempt): Subjects['roll-back-deployment'] | undefined {
  const { subject } = order.proposal;
  return 'way' in subject ? subject : undefined;
}
