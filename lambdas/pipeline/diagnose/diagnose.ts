import type { Diagnosis } from '../../model/diagnosis.ts';
import { concise } from './concise.ts';
import { hypotheses } from './hypotheses.ts';
import type { Case, Hypothesis } from './hypothesis.ts';
import { undetermined } from './undetermined.ts';

/** Below this confidence a hypothesis is never chosen. */
const chosenFrom = 0.5;
/** Two confidences closer than this are a tie. */
const tie = 0.02;

/** The hypothesis that explains the evidence best; `undetermined` when none does, or two do as well. */
export const diagnose = (given: Case, known: readonly Hypothesis[] = hypotheses): Diagnosis =>
  concise(choose(given, known), given.standing);

function choose(given: Case, known: readonly Hypothesis[]): Diagnosis {
  const candidates = known.map((hypothesis) => hypothesis.weigh(given)).sort((a, b) => b.confidence - a.confidence);
  const [best, second] = candidates;
  if (best === undefined || best.confidence < chosenFrom) return undetermined(given, candidates);
  if (second === undefined || best.confidence - second.confidence >= tie) return best;
  // Waiting costs least. Any other two call for different things, and nothing says which is right.
  return [best, second].find(({ kind }) => kind === 'aws-is-healing') ?? undetermined(given, candidates);
}
