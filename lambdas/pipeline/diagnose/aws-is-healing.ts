import type { SignalKind } from '../../contract/names.ts';
import { isUnderWay } from '../../contract/releases.ts';
import { shortName } from '../../contract/short-name.ts';
import { counted } from '../../contract/text.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import type { Evidence } from '../../model/evidence.ts';
import { type Capacity, capacityOf } from './capacity.ts';
import { comparisonEvidence, type Findings, findingsOf } from './findings.ts';
import type { Case, Hypothesis } from './hypothesis.ts';
import { trafficRose } from './traffic.ts';
import { targetName, timeOfDay } from './wording.ts';

/** Trouble this long after a task stopped has nothing to do with it any more. */
const explainsFor = 5 * 60_000;
/** A crash may be felt before it is a stopped task: connections break first. */
const feltBefore = 2 * 60_000;

/**
 * Tasks crashed or became unhealthy and AWS is replacing them, or it is rolling a deployment back by itself: wait, don't
 * interfere. Tasks that Paramedic took out don't count, and those in service must not be sick themselves.
 */
export const awsIsHealing: Hypothesis = {
  kind: 'aws-is-healing',
  weigh: (given) => rollingBack(given) ?? replacingTasks(given),
};

function rollingBack(given: Case): Diagnosis | undefined {
  const { standing } = given;
  const back = standing.deployments.find(({ status }) => isUnderWay({ status }));
  if (back?.status !== 'rolling-back') return undefined;
  const says = `AWS is rolling ${shortName(back.taskDefinition)} back.`;
  return {
    kind: 'aws-is-healing',
    what: 'rolling-back',
    because: [
      ...findingsOf(given).trouble.because,
      { kind: 'RollbackUnderWay', source: 'ecs', at: standing.at, deployment: back.id, says },
    ],
    against: [],
    confidence: 0.97,
  };
}

function replacingTasks(given: Case): Diagnosis {
  const findings = findingsOf(given);
  const capacity = capacityOf(given);
  const remaining = comparisonEvidence(given, findings.compared);
  const fine = findings.compared.kind === 'fine';
  return {
    kind: 'aws-is-healing',
    what: 'replacing-tasks',
    because: [...findings.trouble.because, ...capacityEvidence(given, capacity), ...(fine ? remaining : [])],
    against: fine ? [] : remaining,
    confidence: confidence(given, findings, capacity),
  };
}

function confidence(given: Case, findings: Findings, capacity: Capacity): number {
  const { standing } = given;
  const { serving, missing, coming, crashed, unhealthy, short } = capacity;
  const broke = crashed.length > 0 || unhealthy.length > 0;
  const suffers = findings.compared.kind === 'alike' || findings.compared.kind === 'mixed';
  if (missing === 0) {
    if (!suffers && isWholeAgain(capacity, findings)) return 0.7;
    return broke && (suffers ? short : explains(capacity, findings)) ? 0.7 : 0.1;
  }
  if (serving === 0 && (broke || coming > 0)) return 0.95;
  // With most of the tasks there, one that is replaced doesn't explain that the others suffer; nor does it bring more traffic.
  const overloaded = trafficRose(given, findings.trouble) !== null;
  if (suffers && (overloaded || !short)) return 0.4;
  if (broke) return 0.86;
  const deploying = standing.deployments.some(({ status }) => isUnderWay({ status }));
  return coming > 0 && !deploying && !suffers ? 0.6 : 0.2;
}

/** All tasks are back already: did the trouble begin when one of them went? */
function explains({ crashed }: Capacity, { trouble: { began } }: Findings): boolean {
  return crashed.some(
    ({ stoppedAt }) => began === null || (stoppedAt >= began - explainsFor && stoppedAt <= began + feltBefore),
  );
}

const onCapacity: readonly SignalKind[] = ['unhealthy-targets', 'no-capacity', 'below-desired'];

/** Only alarms on the tasks themselves fire, and these are all there and healthy: the alarms lag behind. */
const isWholeAgain = ({ unhealthy }: Capacity, { trouble: { kinds } }: Findings): boolean =>
  unhealthy.length === 0 && kinds.size > 0 && [...kinds].every((kind) => onCapacity.includes(kind));

function capacityEvidence({ standing }: Case, capacity: Capacity): readonly Evidence[] {
  const { serving: healthy, missing, coming, crashed, unhealthy } = capacity;
  const { at, desired } = standing;
  const evidence: Evidence[] = [];
  const [last] = crashed;
  if (last !== undefined) {
    const says = `${counted(crashed.length, 'task')} stopped lately, the last at ${timeOfDay(last.stoppedAt)}: ${last.reason || last.code}.`;
    evidence.push({ kind: 'TasksStopped', source: 'ecs', at, tasks: crashed.length, code: last.code, says });
  }
  for (const { target } of unhealthy) {
    const says = `Target ${targetName(target)} fails its health checks; AWS replaces its task.`;
    evidence.push({ kind: 'TargetUnhealthy', source: 'target-health', at, target, says });
  }
  if (missing > 0) {
    const says = `${healthy} of ${counted(desired, 'task')} ${desired === 1 ? 'is' : 'are'} in service.`;
    evidence.push({ kind: 'CapacityLost', source: 'target-health', at, healthy, desired, says });
  }
  if (coming > 0) {
    const says = `${counted(coming, 'task')} ${coming === 1 ? 'is' : 'are'} on the way into service.`;
    evidence.push({ kind: 'TasksStarting', source: 'ecs', at, tasks: coming, desired, says });
  }
  return evidence;
}
