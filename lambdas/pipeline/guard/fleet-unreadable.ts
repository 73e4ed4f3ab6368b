import { after } from '../../contract/time.ts';
import type { FleetFacts } from '../../model/fleet.ts';
import type { Verdict } from '../../model/verdict.ts';
import type { GuardFacts } from './guardrail.ts';
import { hold } from './verdicts.ts';

/** What goes on elsewhere is not known: wait until it is. */
export const fleetUnreadable = (
  { because }: Extract<FleetFacts, { kind: 'unreadable' }>,
  { standing, settings }: GuardFacts,
): Verdict =>
  hold(
    'fleet.unreadable',
    after(standing.at, settings.timing.lap),
    `What goes on in other services could not be read: ${because}`,
  );
