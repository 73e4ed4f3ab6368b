import type { ActionKind } from '../../contract/names.ts';
import { deploymentBefore, sameDigests, sameRelease } from '../../contract/releases.ts';
import { shortName } from '../../contract/short-name.ts';
import { inWords } from '../../contract/text.ts';
import { before, metricMinute } from '../../contract/time.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { DeploymentFact, Standing } from '../../model/facts.ts';
import type { History } from '../../model/incident-state.ts';
import type { Case } from './hypothesis.ts';
import type { Trouble } from './trouble.ts';

const deploys: ReadonlySet<ActionKind> = new Set([
  'roll-back-deployment',
  'roll-forward-deployment',
  'restart-service',
]);

/** How long after an act of ours the deployment it starts may appear. */
const oursWithin = 2 * 60_000;

/** The deployment that may be to blame, or why none is. */
export type Suspicion =
  | { readonly deployment: DeploymentFact; readonly says: Evidence }
  | { readonly deployment: null; readonly says: Evidence };

/** Only the release that runs, or is coming in, can be to blame: what was taken back serves nobody. */
export function suspectDeployment(given: Case, trouble: Trouble): Suspicion {
  const { standing, history, settings } = given;
  const newest = standing.deployments.find((deployment) => bringsSomething(deployment));
  if (newest === undefined) return innocent(standing, 'No deployment is known to have brought what runs now.');
  const release = shortName(newest.taskDefinition);
  if (isOurs(newest, history)) return innocent(standing, `Paramedic itself brought ${release} in.`);
  if (isNativeRollback(newest, standing)) return innocent(standing, `AWS itself went back to ${release}.`);
  if (changesNothing(newest, standing)) return innocent(standing, `The newest deployment brought ${release} again.`);
  if (trouble.began === null) return innocent(standing, 'When the trouble began is not known.');

  const lead = trouble.began - newest.startedAt;
  // A minute's datapoint doesn't say where in the minute it went wrong.
  if (lead <= -metricMinute || wasFiring(given, newest) || cameInBetween(history, newest)) {
    return innocent(standing, `The trouble was there before ${release} began to be deployed.`, newest);
  }
  const ago = lead > 0 ? `${inWords(lead)} before the trouble began` : 'in the minute the trouble began';
  if (newest.startedAt < before(trouble.began, settings.diagnosis.suspectWithin)) {
    return innocent(standing, `${release} was deployed ${ago}, too long to be the likely cause.`, newest);
  }
  return { deployment: newest, says: started(standing, newest, `${release} began to be deployed ${ago}.`) };
}

const bringsSomething = ({ status }: DeploymentFact): boolean =>
  status === 'pending' || status === 'in-progress' || status === 'successful';

function isOurs(deployment: DeploymentFact, history: History): boolean {
  return history.acts.some(({ order, at, result }) => {
    if (!deploys.has(order.proposal.kind)) return false;
    if (result?.kind === 'refused') return false;
    const until = result?.kind === 'done' ? Math.max(at, result.receipt.at) : at;
    return deployment.startedAt >= at && deployment.startedAt <= until + oursWithin;
  });
}

/** A deployment that brings back what another, failed one was rolled back to, right when that one ended. */
const isNativeRollback = (deployment: DeploymentFact, standing: Standing): boolean =>
  standing.deployments.some(
    (other) =>
      other !== deployment &&
      other.rolledBackTo === deployment.taskDefinition &&
      deployment.startedAt >= other.startedAt &&
      deployment.startedAt <= (other.finishedAt ?? standing.at) + oursWithin,
  );

/** A restart by hand: the same release as before, which without recorded digests nobody knows. */
function changesNothing(deployment: DeploymentFact, standing: Standing): boolean {
  const previous = deploymentBefore(deployment, standing.deployments);
  return previous !== undefined && sameRelease(previous, deployment) && sameDigests(previous, deployment);
}

const wasFiring = ({ signals }: Case, deployment: DeploymentFact): boolean =>
  signals.some((signal) => signal.state === 'firing' && signal.at <= deployment.startedAt);

/**
 * It was deployed while this incident was open already: most likely it is somebody's cure. An alarm that was quiet for a minute
 * and fires again does not make it the cause.
 */
const cameInBetween = ({ incidents }: History, { startedAt }: DeploymentFact): boolean =>
  incidents.some(({ openedAt, closedAt }) => closedAt === null && openedAt <= startedAt);

const innocent = (standing: Standing, says: string, named?: DeploymentFact): Suspicion => ({
  deployment: null,
  says:
    named === undefined
      ? { kind: 'NoSuspectDeployment', source: 'ecs', at: standing.at, says }
      : started(standing, named, says),
});

const started = (standing: Standing, deployment: DeploymentFact, says: string): Evidence => ({
  kind: 'DeploymentStarted',
  source: 'ecs',
  at: standing.at,
  deployment: deployment.id,
  taskDefinition: deployment.taskDefinition,
  says,
});
