import type { Diagnosis } from '../../model/diagnosis.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Case } from './hypothesis.ts';

/** How many of the unproven hypotheses are told of. */
const told = 2;

/** What remains when no hypothesis explains the evidence well enough, or two explain it as well. Best candidates first. */
export function undetermined(given: Case, candidates: readonly Diagnosis[]): Diagnosis {
  const best = candidates.slice(0, told);
  return {
    kind: 'undetermined',
    because: once([...best.flatMap((candidate) => candidate.because), ...missing(given)]),
    against: once(best.flatMap((candidate) => candidate.against)),
    confidence: Math.max(0.5, 1 - (best[0]?.confidence ?? 0)),
  };
}

/** Which senses said nothing: often the reason why nothing can be said. */
function missing({ settings, standing, symptoms, evidence }: Case): readonly Evidence[] {
  const { at } = standing;
  const silent: Evidence[] = evidence.failed.map(({ sense, because }) => ({
    kind: 'SenseMissing',
    source: sense === 'task-logs' ? 'task-logs' : 'target-health',
    at,
    sense,
    says: `${sense} could not be read: ${because}.`,
  }));
  if (!settings.senses.includes('task-logs') || settings.resources.logs === null) {
    const says = 'The logs of single tasks are not configured, so that slow or hung ones cannot be told apart.';
    silent.push({ kind: 'SenseMissing', source: 'task-logs', at, sense: 'task-logs', says });
  }
  if (symptoms.minutes === 0) {
    silent.push({ kind: 'NoData', source: 'metrics', at, of: 'metrics', says: 'No metrics could be read.' });
  }
  return silent;
}

const once = (evidence: readonly Evidence[]): readonly Evidence[] =>
  evidence.filter((each, i) => evidence.findIndex((other) => other.says === each.says) === i);
