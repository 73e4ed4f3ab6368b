import { isByDigest, runningDeployment } from '../../contract/releases.ts';
import type { ImageFact } from '../../model/facts.ts';
import type { Guardrail } from './guardrail.ts';
import { allow, deny } from './verdicts.ts';

/** A forced deployment resolves tags anew: one that was moved would bring in another release under the name of a restart. */
export const restartChangesNothing: Guardrail = {
  name: 'restart-changes-nothing',

  check({ kind }, { standing }) {
    if (kind !== 'restart-service') return allow;
    const running = runningDeployment(standing.deployments);
    if (running === undefined || running.images.length === 0)
      return deny('restart.changes-nothing', 'Which images run now cannot be told.');
    for (const image of running.images) {
      const wrong = whatIsWrong(image, standing.resolves);
      if (wrong !== undefined) return deny('restart.changes-nothing', wrong);
    }
    return allow;
  },
};

function whatIsWrong(
  { image, digest }: ImageFact,
  resolves: Readonly<Record<string, string | null>>,
): string | undefined {
  if (isByDigest(image)) return undefined;
  const now = resolves[image] ?? null;
  if (digest === null || now === null) return `What ${image} stands for now cannot be told.`;
  return now === digest
    ? undefined
    : `${image} stands for other contents now (${now}) than those that run (${digest}).`;
}
