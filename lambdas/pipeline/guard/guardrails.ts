import { ban } from './ban.ts';
import { changeFreeze } from './change-freeze.ts';
import { commonCause } from './common-cause.ts';
import { cooldown } from './cooldown.ts';
import { deploymentInProgress } from './deployment-in-progress.ts';
import { deploymentKeepsCapacity } from './deployment-keeps-capacity.ts';
import { errorBudget } from './error-budget.ts';
import { failureBlock } from './failure-block.ts';
import { freshEvidence } from './fresh-evidence.ts';
import type { Guardrail } from './guardrail.ts';
import { ineffectiveLimit } from './ineffective-limit.ts';
import { killSwitch } from './kill-switch.ts';
import { manyServices } from './many-services.ts';
import { maxShareDisrupted } from './max-share-disrupted.ts';
import { minHealthyTargets } from './min-healthy-targets.ts';
import { noRollback } from './no-rollback.ts';
import { repeatLimit } from './repeat-limit.ts';
import { replacementsStart } from './replacements-start.ts';
import { restartChangesNothing } from './restart-changes-nothing.ts';
import { rollbackTargetKnownGood } from './rollback-target-known-good.ts';
import { scalingInProgress } from './scaling-in-progress.ts';
import { somebodyIsTold } from './somebody-is-told.ts';
import { someoneElseIsDeploying } from './someone-else-is-deploying.ts';
import { survivorLoad } from './survivor-load.ts';
import { taskProtected } from './task-protected.ts';
import { velocityBudget } from './velocity-budget.ts';
import { zoneFloor } from './zone-floor.ts';

/** All guardrails. The order matters only for which of two equally bad verdicts is named. */
export const guardrails: readonly Guardrail[] = [
  killSwitch,
  somebodyIsTold,
  changeFreeze,
  rollbackTargetKnownGood,
  noRollback,
  deploymentKeepsCapacity,
  restartChangesNothing,
  commonCause,
  minHealthyTargets,
  survivorLoad,
  maxShareDisrupted,
  zoneFloor,
  taskProtected,
  deploymentInProgress,
  someoneElseIsDeploying,
  scalingInProgress,
  replacementsStart,
  failureBlock,
  ineffectiveLimit,
  repeatLimit,
  ban,
  cooldown,
  freshEvidence,
  manyServices,
  velocityBudget,
  errorBudget,
];
