import { runningDeployment } from '../../contract/releases.ts';
import { isByDigest, routeTo } from '../../contract/ways-back.ts';
import type { Guardrail } from './guardrail.ts';
import { allow, deny } from './verdicts.ts';

/**
 * A restart must bring up what runs. A tag that was moved is no obstacle, since a copy of the task definition names its images by
 * digest; but the digests must be known, and the images there.
 */
export const restartChangesNothing: Guardrail = {
  name: 'restart-changes-nothing',

  check({ kind }, { standing }) {
    if (kind !== 'restart-service') return allow;
    const running = runningDeployment(standing.deployments);
    if (running === undefined || running.images.length === 0)
      return deny('restart.changes-nothing', 'Which images run now cannot be told.');
    const unknown = running.images.find(({ image, digest }) => digest === null && !isByDigest(image));
    if (unknown !== undefined)
      return deny(
        'restart.changes-nothing',
        `Which image ${unknown.container} runs cannot be told: ECS has recorded no digest for ${unknown.image}.`,
      );
    const route = routeTo(running, standing);
    return route.kind === 'none' ? deny('restart.changes-nothing', route.says) : allow;
  },
};
