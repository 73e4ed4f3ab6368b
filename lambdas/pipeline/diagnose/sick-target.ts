import type { TargetRef } from '../../contract/targets.ts';
import { counted } from '../../contract/text.ts';
import type { SickTask } from '../../model/diagnosis.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Anomalies } from './anomalies.ts';
import { mostSick } from './compare-tasks.ts';
import { complainsOfErrors, type Differing } from './compared.ts';
import { ofLate, stoodAlone } from './exposure.ts';
import { comparisonEvidence, findingsOf } from './findings.ts';
import type { Case, Hypothesis } from './hypothesis.ts';
import { isWholeRelease } from './release-split.ts';
import { type ServingTask, servingTasks } from './serving.ts';
import { suspectDeployment } from './suspect-deployment.ts';
import { targetName } from './wording.ts';

/**
 * One or a few tasks differ from their peers, which are fine. Told by exact comparison of their logs, which works from two
 * tasks on, or by the load balancer's comparison of error rates, which needs three targets and sees answered errors only.
 */
export const sickTarget: Hypothesis = {
  kind: 'sick-target',
  weigh(given) {
    const { trouble, compared, anomalies } = findingsOf(given);
    const byLogs = compared.kind === 'sick' ? compared.sick : [];
    const anomalous = complainsOfErrors(trouble) ? fewAnomalous(given, anomalies) : [];
    const sick = byLogs.length > 0 ? byLogs.map((each) => sickByLogs(each, byLogs)) : anomalous.map(sickByAnomaly);
    const suspicion = suspectDeployment(given, trouble);
    const wholeRelease = isWholeRelease(
      given,
      sick.map((each) => each.task),
      suspicion.deployment,
    );
    return {
      kind: 'sick-target',
      sick,
      among: servingTasks(given.standing).length,
      because: [
        ...trouble.because,
        ...comparisonEvidence(given, compared),
        ...anomalous.flatMap((a) => anomalyEvidence(given, a)),
      ],
      against: sick.length === 0 ? lacking(given) : suspicion.deployment === null ? [] : [suspicion.says],
      confidence: wholeRelease ? 0.3 : confidence(compared.kind, byLogs.length, anomalous.length),
    };
  },
};

/** The logs tell more than the load balancer: they hold counts, latencies and silence. */
function confidence(logs: string, byLogs: number, anomalous: number): number {
  if (byLogs > 0) return anomalous > 0 ? 0.95 : 0.9;
  if (anomalous === 0) return 0;
  // Connections that are refused are in no log.
  if (logs === 'fine') return 0.7;
  return logs === 'unknown' ? 0.8 : 0.3;
}

function fewAnomalous(given: Case, anomalies: Anomalies | null): readonly ServingTask[] {
  const { standing, symptoms } = given;
  if (anomalies === null || anomalies.normal === 0) return [];
  // Those that are left when others crash fail under the load of all, until these are back.
  if (stoodAlone(given, ofLate(symptoms))) return [];
  return anomalies.anomalous.length <= mostSick(servingTasks(standing).length) ? anomalies.anomalous : [];
}

function sickByLogs(sick: Differing, all: readonly Differing[]): SickTask {
  const excess = all.reduce((sum, each) => sum + each.excess, 0);
  return {
    task: sick.tally.task,
    targets: sick.tally.targets,
    symptom: sick.symptom,
    share: excess === 0 ? 1 / all.length : sick.excess / excess,
  };
}

/** The load balancer gives no counts, so that each has its equal part. */
const sickByAnomaly = ({ task, targets }: ServingTask, _: number, all: readonly ServingTask[]): SickTask => ({
  task: task.task.task,
  targets: targets.map(({ target }) => target),
  symptom: 'errors',
  share: 1 / all.length,
});

const anomalyEvidence = ({ standing }: Case, { targets }: ServingTask): readonly Evidence[] =>
  targets
    .filter((target) => target.anomaly === 'anomalous')
    .map(({ target }) => ({
      kind: 'TargetAnomalous',
      source: 'target-health',
      at: standing.at,
      target,
      says: `The load balancer finds that target ${targetName(target)} fails more than its peers${isMitigated(standing, target) ? ', and sends it fewer requests by itself' : ''}.`,
    }));

/** Anomaly mitigation only routes: the task is as sick as before, and nobody replaces it. */
const isMitigated = ({ routing }: Case['standing'], { targetGroup }: TargetRef): boolean =>
  routing?.find((group) => group.targetGroup === targetGroup)?.anomalyMitigation === true;

function lacking({ standing }: Case): readonly Evidence[] {
  const serving = servingTasks(standing).length;
  if (serving !== 1) return [];
  const says = `Only ${counted(serving, 'task')} is in service: it has no peers to compare it with.`;
  return [{ kind: 'NoData', source: 'target-health', at: standing.at, of: 'peers', says }];
}
