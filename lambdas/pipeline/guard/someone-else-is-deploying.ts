import { isUnderWay } from '../../contract/releases.ts';
import { after } from '../../contract/time.ts';
import type { Guardrail } from './guardrail.ts';
import { isBesidePaused } from './paused-deployment.ts';
import { stopsRunning } from './stops-running.ts';
import { allow, hold } from './verdicts.ts';

/**
 * While CloudFormation changes the service, its stack would fight with our change, or undo it. Only AWS's own stop of a running
 * deployment is left; deployments themselves are the matter of `deployment-in-progress`.
 */
export const someoneElseIsDeploying: Guardrail = {
  name: 'someone-else-is-deploying',

  check(proposal, { settings, standing }) {
    const { stack } = settings.resources;
    if (stack === null || stopsRunning(proposal)) return allow;
    if (isBesidePaused(proposal, standing.deployments.find(isUnderWay), standing)) return allow;
    const again = after(standing.at, settings.timing.lap);
    if (standing.stack === null)
      return hold('deployment.someone-else', again, `Whether the stack ${stack} is being changed could not be read.`);
    return isBeingChanged(standing.stack)
      ? hold('deployment.someone-else', again, `The stack ${stack} is being changed: ${standing.stack}.`)
      : allow;
  },
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html */
const isBeingChanged = (status: string): boolean => status.endsWith('_IN_PROGRESS');
