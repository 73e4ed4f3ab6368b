import { runs } from '../../contract/releases.ts';
import type { Evidence } from '../../model/evidence.ts';
import { normalEvidence } from './anomalies.ts';
import { capacityOf } from './capacity.ts';
import { complainsOfErrors } from './compared.ts';
import { comparisonEvidence, type Findings, findingsOf } from './findings.ts';
import type { Case, Hypothesis } from './hypothesis.ts';
import { servingTasks } from './serving.ts';
import { suspectDeployment } from './suspect-deployment.ts';
import { errorsAreAnswered, trafficRose } from './traffic.ts';

/** Every target suffers alike and no release is to blame: a dependency, or more traffic than all of them can serve. */
export const sharedCause: Hypothesis = {
  kind: 'shared-cause',
  weigh(given) {
    const findings = findingsOf(given);
    const alike = howAlike(given, findings);
    const suspicion = suspectDeployment(given, findings.trouble);
    const rose = trafficRose(given, findings.trouble);
    const lost = rose === null ? capacityLost(given) : [];
    const suspect = suspicion.deployment;
    // Traffic that rose, or tasks of the release before that suffer as well, clear a release that came by chance.
    const blamed =
      suspect !== null &&
      rose === null &&
      servingTasks(given.standing).every(({ task }) => runs(task, suspect, given.standing.deployments));
    const innocence = suspect === null ? [suspicion.says] : [];
    return {
      kind: 'shared-cause',
      because: [...findings.trouble.because, ...alike.because, ...(rose === null ? [] : [rose]), ...innocence],
      against: [...(suspect === null ? [] : [suspicion.says]), ...lost],
      confidence: alike.confidence * (blamed || lost.length > 0 ? 0.5 : 1),
    };
  },
};

type Alike = { readonly confidence: number; readonly because: readonly Evidence[] };

function howAlike(given: Case, { trouble, compared, anomalies }: Findings): Alike {
  const because = comparisonEvidence(given, compared);
  // One task alone is alike with nobody.
  if (compared.kind === 'alike') return { confidence: compared.tasks > 1 ? 0.8 : 0.4, because };
  if (compared.kind !== 'unknown') return { confidence: 0.1, because };
  const seenByBalancer = complainsOfErrors(trouble) && errorsAreAnswered(given, trouble) === true;
  if (anomalies === null || anomalies.anomalous.length > 0 || !seenByBalancer) return { confidence: 0.2, because };
  return { confidence: 0.7, because: [normalEvidence(given.standing, anomalies)] };
}

/** With a third of the tasks gone, those left suffer for want of the others. */
function capacityLost(given: Case): readonly Evidence[] {
  const { serving: healthy, short } = capacityOf(given);
  if (!short) return [];
  const { at, desired } = given.standing;
  const says = `${healthy} of ${desired} tasks are in service, and a third or more were not of late.`;
  return [{ kind: 'CapacityLost', source: 'target-health', at, healthy, desired, says }];
}
