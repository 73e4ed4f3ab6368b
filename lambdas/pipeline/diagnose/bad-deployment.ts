import { runs } from '../../contract/releases.ts';
import { shortName } from '../../contract/short-name.ts';
import { counted } from '../../contract/text.ts';
import { metricMinute } from '../../contract/time.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { DeploymentFact } from '../../model/facts.ts';
import { normalEvidence } from './anomalies.ts';
import { compareTasks, complainsOfErrors } from './compared.ts';
import { comparisonEvidence, type Findings, findingsOf } from './findings.ts';
import type { Case, Hypothesis } from './hypothesis.ts';
import { isWholeRelease, releaseDiffers } from './release-split.ts';
import { servingTasks } from './serving.ts';
import { suspectDeployment } from './suspect-deployment.ts';
import { talliesOf } from './tallies.ts';
import { errorsAreAnswered, trafficRose } from './traffic.ts';
import { percent } from './wording.ts';

/** Trouble that begins this soon after a deployment has ended follows on its heels. */
const closeUpon = 10 * 60_000;

type Guilt = { readonly confidence: number; readonly because: readonly Evidence[] };

/**
 * Errors or latency grew after a deployment, on the tasks of the new release, all of them alike; the old ones, where any
 * remain, are fine. Deployments that were there before the trouble, or that we or AWS began to heal, are none.
 */
export const badDeployment: Hypothesis = {
  kind: 'bad-deployment',
  weigh(given) {
    const findings = findingsOf(given);
    const { deployment, says } = suspectDeployment(given, findings.trouble);
    if (deployment === null) {
      const because = findings.trouble.because;
      return { kind: 'bad-deployment', deployment: '', taskDefinition: '', because, against: [says], confidence: 0 };
    }
    const guilt = guiltOf(given, findings, deployment);
    const rose = trafficRose(given, findings.trouble);
    return {
      kind: 'bad-deployment',
      deployment: deployment.id,
      taskDefinition: deployment.taskDefinition,
      because: [...findings.trouble.because, says, ...guilt.because],
      against: rose === null ? [] : [rose],
      // Overload makes every target suffer alike as well.
      confidence: rose === null ? guilt.confidence : guilt.confidence / 2,
    };
  },
};

function guiltOf(given: Case, findings: Findings, deployment: DeploymentFact): Guilt {
  const serving = servingTasks(given.standing);
  const newer = serving.filter(({ task }) => runs(task, deployment, given.standing.deployments));
  if (newer.length === 0) return { confidence: 0.1, because: [] };
  return newer.length === serving.length
    ? guiltWhenAllRunIt(given, findings, deployment)
    : guiltWhileRollingOut(given, findings, deployment);
}

function guiltWhenAllRunIt(given: Case, findings: Findings, deployment: DeploymentFact): Guilt {
  const compared = compareTasks(given, findings.trouble, talliesOf(given) ?? []);
  const because = comparisonEvidence(given, compared);
  if (compared.kind === 'alike') return { confidence: followsClosely(findings, deployment) ? 0.92 : 0.85, because };
  return compared.kind === 'unknown' ? guiltWithoutLogs(given, findings, deployment) : { confidence: 0.2, because };
}

/** Without logs the load balancer's comparison must show every target as bad as the others, which it does for errors only. */
function guiltWithoutLogs(given: Case, findings: Findings, deployment: DeploymentFact): Guilt {
  const { anomalies, trouble } = findings;
  if (anomalies === null || anomalies.anomalous.length > 0) return { confidence: 0.2, because: [] };
  // What the metrics show is still the doing of the release before.
  if (deployment.finishedAt !== null && deployment.finishedAt > given.symptoms.until - metricMinute) {
    return { confidence: 0.2, because: [] };
  }
  const because = [normalEvidence(given.standing, anomalies)];
  if (trouble.kinds.has('errors') && errorsAreAnswered(given, trouble) === true) return { confidence: 0.75, because };
  return { confidence: followsClosely(findings, deployment) ? 0.55 : 0.3, because };
}

function guiltWhileRollingOut(given: Case, findings: Findings, deployment: DeploymentFact): Guilt {
  const { compared, anomalies, trouble } = findings;
  const differs = releaseDiffers(given, trouble, talliesOf(given) ?? [], deployment);
  if (differs !== undefined) {
    const verb = differs.bad === 'errors' ? 'fail' : 'are slow with';
    const says = `${counted(differs.newer.tasks, 'task')} on ${shortName(deployment.taskDefinition)} ${verb} ${percent(differs.newer.rate)} of requests; ${counted(differs.older.tasks, 'task')} on the release before ${percent(differs.older.rate)}.`;
    const at = given.evidence.taskLogs?.until ?? given.standing.at;
    return {
      confidence: 0.95,
      because: [{ kind: 'TargetsAlike', source: 'task-logs', at, targets: differs.newer.tasks, says }],
    };
  }
  if (compared.kind === 'sick') {
    const whole = isWholeRelease(
      given,
      compared.sick.map(({ tally }) => tally.task),
      deployment,
    );
    return { confidence: whole ? 0.95 : 0.2, because: comparisonEvidence(given, compared) };
  }
  const anomalous = anomalies?.anomalous.map(({ task }) => task.task.task) ?? [];
  const onlyNew = complainsOfErrors(trouble) && isWholeRelease(given, anomalous, deployment);
  return {
    confidence: onlyNew && compared.kind === 'unknown' ? 0.85 : 0.3,
    because: comparisonEvidence(given, compared),
  };
}

function followsClosely({ trouble }: Findings, { finishedAt }: DeploymentFact): boolean {
  return finishedAt === null || trouble.began === null || trouble.began - finishedAt <= closeUpon;
}
