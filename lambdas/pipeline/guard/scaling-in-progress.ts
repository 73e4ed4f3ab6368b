import { counted } from '../../contract/text.ts';
import { after, before } from '../../contract/time.ts';
import type { ScalingFact, Standing } from '../../model/facts.ts';
import type { GuardFacts, Guardrail } from './guardrail.ts';
import { stopsRunning } from './stops-running.ts';
import { allow, hold } from './verdicts.ts';

/** While the service is scaled, tasks come or go, and how many are enough is about to change. */
export const scalingInProgress: Guardrail = {
  name: 'scaling-in-progress',

  check(proposal, { settings, standing }) {
    if (stopsRunning(proposal)) return allow;
    const says = whatIsScaled(settings, standing);
    return says === undefined ? allow : hold('scaling.in-progress', after(standing.at, settings.timing.lap), says);
  },
};

function whatIsScaled(settings: GuardFacts['settings'], standing: Standing): string | undefined {
  if (standing.scaling === null) return 'Whether the service is being scaled could not be read.';
  const underWay = standing.scaling.find(({ status }) => status === 'under-way');
  if (underWay !== undefined) return `The service is being scaled${to(underWay)}.`;
  const [newest] = standing.scaling;
  if (newest === undefined || newest.startedAt <= before(standing.at, settings.timing.healingWithin)) return undefined;
  // A count that was set and then changed by somebody else is not waited for.
  return newest.desired === standing.desired && standing.running !== standing.desired
    ? `The service was scaled${to(newest)}, and ${standing.running} run yet.`
    : undefined;
}

const to = ({ desired }: ScalingFact): string => (desired === null ? '' : ` to ${counted(desired, 'task')}`);
