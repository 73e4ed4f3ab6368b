import type { ServiceSettings } from '../../contract/settings.ts';
import { type Duration, inMillis } from '../../contract/time.ts';
import type { Expectation } from '../../model/proposal.ts';

/** What an act that starts a deployment expects: it finishes, and afterwards there is time to see that it helped. */
export const deploymentHelps = ({ timing }: ServiceSettings): Expectation => ({
  see: 'deployment-helps',
  by: plus(timing.deploymentWithin, timing.verifyWithin),
});

const plus = (a: Duration, b: Duration): Duration => ({ seconds: (inMillis(a) + inMillis(b)) / 1000 });
