import type { ActionKind } from '../../contract/names.ts';
import type { Guardrail } from './guardrail.ts';
import { healthyFloor, wholeDown, wholeUp } from './healthy-tasks.ts';
import { allow, deny } from './verdicts.ts';

const replacesEveryTask: ReadonlySet<ActionKind> = new Set([
  'restart-service',
  'roll-back-deployment',
  'roll-forward-deployment',
]);

/**
 * A restart, a rollback and its way back replace every task within the service's own deployment settings: these must keep the healthy floor
 * and leave room for one task more. ECS rounds the minimum up and the maximum down
 * (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html).
 */
export const deploymentKeepsCapacity: Guardrail = {
  name: 'deployment-keeps-capacity',
  holdsWaysBack: true,

  check({ kind }, { settings, standing }) {
    if (!replacesEveryTask.has(kind)) return allow;
    const { desired, minimumHealthyPercent, maximumPercent } = standing;
    const kept = wholeUp((desired * minimumHealthyPercent) / 100);
    const floor = healthyFloor(settings.limits, desired);
    if (kept < floor)
      return deny(
        'deployment.no-capacity',
        `A minimum of ${minimumHealthyPercent} % keeps only ${kept} of ${desired} tasks during a deployment; at least ${floor} must stay.`,
      );
    const room = wholeDown((desired * maximumPercent) / 100) - desired;
    return room >= 1
      ? allow
      : deny(
          'deployment.no-capacity',
          `A maximum of ${maximumPercent} % leaves no room for one task beside the ${desired} desired.`,
        );
  },
};
