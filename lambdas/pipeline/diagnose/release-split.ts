import { runs } from '../../contract/releases.ts';
import type { DeploymentFact } from '../../model/facts.ts';
import { compare, standsOut, suffersAlike, symptomsTested } from './compare-tasks.ts';
import { complainsOfErrors, complainsOfLatency } from './compared.ts';
import type { Case } from './hypothesis.ts';
import { servingTasks } from './serving.ts';
import { type BadRequest, pool, rateOf, type Tally, tolerated } from './tallies.ts';
import type { Trouble } from './trouble.ts';

/** Are these all the tasks in service that run the release, while others run what was before it? */
export function isWholeRelease(
  { standing }: Case,
  tasks: readonly string[],
  deployment: DeploymentFact | null,
): boolean {
  if (deployment === null || tasks.length === 0) return false;
  const serving = servingTasks(standing).map(({ task }) => task);
  const newer = serving.filter((task) => runs(task, deployment, standing.deployments)).map(({ task }) => task.task);
  return newer.length < serving.length && newer.length === tasks.length && newer.every((task) => tasks.includes(task));
}

/** How the tasks of a release do beside those of the one before. */
export type ReleaseDiffers = {
  readonly bad: BadRequest;
  readonly newer: { readonly tasks: number; readonly rate: number };
  readonly older: { readonly tasks: number; readonly rate: number };
};

/** While both are in service: the new tasks suffer, all alike, and the old ones are fine. Undefined when it is not so. */
export function releaseDiffers(
  { settings, standing: { deployments } }: Case,
  trouble: Trouble,
  tallies: readonly Tally[],
  deployment: DeploymentFact,
): ReleaseDiffers | undefined {
  const newer = tallies.filter(({ fact }) => runs(fact, deployment, deployments));
  const older = tallies.filter(({ fact }) => !runs(fact, deployment, deployments));
  const symptoms: BadRequest[] = [];
  if (complainsOfErrors(trouble)) symptoms.push('errors');
  if (complainsOfLatency(trouble)) symptoms.push('slow');
  for (const bad of symptoms) {
    const [merged, before, limit] = [merge(newer, bad), pool(older, bad), tolerated(settings, bad)];
    const volume = settings.diagnosis.minimumVolume;
    if (merged === undefined || limit === null || merged.requests < volume || before.of < volume) continue;
    const difference = compare(merged, older, bad, symptomsTested);
    if (rateOf(before) <= limit && standsOut(difference, limit) && suffersAlike(withVolume(newer, volume), bad)) {
      const rates = { newer: difference.rate, older: rateOf(before) };
      return {
        bad,
        newer: { tasks: newer.length, rate: rates.newer },
        older: { tasks: older.length, rate: rates.older },
      };
    }
  }
  return undefined;
}

/** All tasks of a release as if they were one. */
function merge([first, ...rest]: readonly Tally[], bad: BadRequest): Tally | undefined {
  if (first === undefined) return undefined;
  const { bad: badOnes, of } = pool([first, ...rest], bad);
  return { ...first, requests: of, [bad]: badOnes };
}

const withVolume = (tallies: readonly Tally[], volume: number) => tallies.filter(({ requests }) => requests >= volume);
