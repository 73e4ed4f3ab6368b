import { isUnderWay } from '../../contract/releases.ts';
import { shortName } from '../../contract/short-name.ts';
import { after } from '../../contract/time.ts';
import type { Guardrail } from './guardrail.ts';
import { isBesidePaused } from './paused-deployment.ts';
import { stopsRunning } from './stops-running.ts';
import { allow, hold } from './verdicts.ts';

/**
 * While tasks come and go, whoever began it, one more change is one too many; but taking back what is being deployed must be
 * possible, and so must an act on a task of the release that serves while the deployment waits at a pause hook.
 */
export const deploymentInProgress: Guardrail = {
  name: 'deployment-in-progress',

  check(proposal, { settings, standing }) {
    const running = standing.deployments.find(isUnderWay);
    if (running === undefined || stopsRunning(proposal) || isBesidePaused(proposal, running, standing)) return allow;
    const what = running.status === 'rolling-back' ? 'is being rolled back' : 'is running';
    return hold(
      'deployment.in-progress',
      after(standing.at, settings.timing.lap),
      `A deployment of ${shortName(running.taskDefinition)} ${what}.`,
    );
  },
};
