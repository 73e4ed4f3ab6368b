import { cooldown } from './cooldown.ts';
import { deploymentInProgress } from './deployment-in-progress.ts';
import { deploymentKeepsCapacity } from './deployment-keeps-capacity.ts';
import { errorBudget } from './error-budget.ts';
import { freshEvidence } from './fresh-evidence.ts';
import type { Guardrail } from './guardrail.ts';
import { killSwitch } from './kill-switch.ts';
import { manyServices } from './many-services.ts';
import { maxShareDisrupted } from './max-share-disrupted.ts';
import { minHealthyTargets } from './min-healthy-targets.ts';
import { noRollback } from './no-rollback.ts';
import { repeatLimit } from './repeat-limit.ts';
import { restartChangesNothing } from './restart-changes-nothing.ts';
import { rollbackTargetKnownGood } from './rollback-target-known-good.ts';
import { scalingInProgress } from './scaling-in-progress.ts';
import { somebodyIsTold } from './somebody-is-told.ts';
import { someoneElseIsDeploying } from './someone-else-is-deploying.ts';
import { taskProtected } from './task-protected.ts';
import { velocityBudget } from './velocity-budget.ts';
import { zoneFloor } from './zone-floor.ts';

/** All guardrails. The order matters only for which of two equally bad verdicts is named. */
export const guardrails: readonly Guardrail[] = [
  killSwitch,
  somebodyIsTold,
  rollbackTargetKnownGood,
  noRollback,
  deploymentKeepsCapacity,
  restartChangesNothing,
  minHealthyTargets,
  maxShareDisrupted,
  zoneFloor,
  taskProtected,
  deploymentInProgress,
  someoneElseIsDeploying,
  scalingInProgress,
  repeatLimit,
  cooldown,
  freshEvidence,
  manyServices,
  velocityBudget,
  errorBudget,
];
