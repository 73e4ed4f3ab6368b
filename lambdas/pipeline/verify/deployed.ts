import { isUnderWay, sameRelease } from '../../contract/releases.ts';
import { shortName } from '../../contract/short-name.ts';
import type { Duration } from '../../contract/time.ts';
import type { DeploymentFact } from '../../model/facts.ts';
import type { Attempt } from '../../model/incident-state.ts';
import type { Subjects } from '../../model/proposal.ts';
import { actedAt, type Checked, deadline, type VerifyFacts } from './acted.ts';

/** Is the release there again: has the deployment that brings it finished, or AWS rolled back the one that led away from it? */
export function deployed(attempt: Attempt, by: Duration, { standing, settings }: VerifyFacts): Checked {
  const forward = forwardOf(attempt);
  const name = shortName(forward?.to ?? '');
  const { deployments } = standing;
  const release = deployments.find(({ id }) => id === forward?.deployment);
  const brings = deployments.find((each) => bringsAgain(each, release, attempt));
  const led = deployments.find((each) => ledAway(each, forward, attempt));
  if (brings?.status === 'successful' || led?.status === 'rolled-back')
    return { check: 'helped', says: `${name} is deployed again.` };
  const deployment = brings ?? led;
  const running = deployment === undefined || isUnderWay(deployment);
  if (!running) return { check: 'no-change', says: `The deployment of ${name} failed or was stopped.` };
  const check = standing.at < deadline(actedAt(attempt), by, settings) ? 'not-yet' : 'no-change';
  return { check, says: `The deployment of ${name} has not finished yet.` };
}

type Forward = Subjects['roll-forward-deployment'];

function forwardOf({ order }: Attempt): Forward | undefined {
  const { subject } = order.proposal;
  return 'good' in subject && !('way' in subject) ? subject : undefined;
}

const bringsAgain = (each: DeploymentFact, release: DeploymentFact | undefined, { startedAt }: Attempt): boolean =>
  release !== undefined && each.startedAt >= startedAt && sameRelease(each, release);

/** A rollback that AWS was told to stop: it goes back to what was there before it. */
const ledAway = (each: DeploymentFact, forward: Forward | undefined, { startedAt }: Attempt): boolean =>
  forward !== undefined &&
  each.id !== forward.deployment &&
  each.rolledBackTo === forward.to &&
  (each.finishedAt ?? startedAt) >= startedAt;
