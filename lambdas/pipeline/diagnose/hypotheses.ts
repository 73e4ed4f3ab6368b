import { awsIsHealing } from './aws-is-healing.ts';
import { badDeployment } from './bad-deployment.ts';
import type { Hypothesis } from './hypothesis.ts';
import { sharedCause } from './shared-cause.ts';
import { sickTarget } from './sick-target.ts';
import { wornOut } from './worn-out.ts';

/** Every state of the world Paramedic knows. `undetermined` is none: it is what remains. */
export const hypotheses: readonly Hypothesis[] = [awsIsHealing, sickTarget, badDeployment, wornOut, sharedCause];
