import { watchedAlarms } from '../../contract/alarms/watched.ts';
import { isUnderWay } from '../../contract/releases.ts';
import { inWords } from '../../contract/text.ts';
import type { Instant } from '../../contract/time.ts';
import type { DeploymentFact, Standing } from '../../model/facts.ts';
import type { Attempt } from '../../model/incident-state.ts';
import type { Expectation, Subjects } from '../../model/proposal.ts';
import { actedAt, type Checked, deadline, type VerifyFacts } from './acted.ts';
import { isWorse, levelSays, levels } from './levels.ts';
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
  if (progress.kind === 'running') return stillRunning(standing.at, acted, deadline(acted, by, settings));

  const since = progress.kind === 'finished' ? Math.max(acted, progress.at) : acted;
  const after = aftermath(facts, acted, since);
  const seen = levels(watchedAlarms(settings, symptoms), symptoms, acted, after);
  const figures = seen.map(levelSays).join(', ');
  if (seen.some(isWorse)) return { check: 'worse', says: sentence('It got worse', figures) };
  if (progress.kind === 'failed') return { check: 'no-change', says: 'The deployment failed or was stopped.' };
  if (isQuiet(after))
    return { check: 'helped', says: sentence('The deployment has finished, no alarm breaches', figures) };
  return outOfTime(standing.at, deadline(since, settings.timing.verifyWithin, settings), acted, after, figures);
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
  return deployments.find(
    ({ startedAt, taskDefinition }) =>
      startedAt >= attempt.startedAt && (rollback === undefined || taskDefinition === rollback.to),
  );
}

const isStop = (attempt: Attempt): boolean => rollbackOf(attempt)?.way === 'stop-running';

function rollbackOf({ order }: Attempt): Subjects['roll-back-deployment'] | undefined {
  const { subject } = order.proposal;
  return 'way' in subject ? subject : undefined;
}
