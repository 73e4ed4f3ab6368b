import { isUnderWay } from '../../contract/releases.ts';
import { shortName } from '../../contract/short-name.ts';
import type { Duration } from '../../contract/time.ts';
import type { Attempt } from '../../model/incident-state.ts';
import { actedAt, type Checked, deadline, type VerifyFacts } from './acted.ts';

/** Has the deployment that brings the release again finished? */
export function deployed(attempt: Attempt, by: Duration, { standing, settings }: VerifyFacts): Checked {
  const { subject } = attempt.order.proposal;
  const to = 'to' in subject ? subject.to : '';
  const name = shortName(to);
  const deployment = standing.deployments.find(
    ({ startedAt, taskDefinition }) => startedAt >= attempt.startedAt && taskDefinition === to,
  );
  if (deployment?.status === 'successful') return { check: 'helped', says: `${name} is deployed again.` };
  const running = deployment === undefined || isUnderWay(deployment);
  if (!running) return { check: 'no-change', says: `The deployment of ${name} failed or was stopped.` };
  const check = standing.at < deadline(actedAt(attempt), by, settings) ? 'not-yet' : 'no-change';
  return { check, says: `The deployment of ${name} has not finished yet.` };
}
