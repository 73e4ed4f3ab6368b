import { counted } from '../../contract/text.ts';
import { after } from '../../contract/time.ts';
import { continuesItsRung } from './continues-its-rung.ts';
import { fleetUnreadable } from './fleet-unreadable.ts';
import type { Guardrail } from './guardrail.ts';
import { inFlightAt, paceAt } from './in-flight.ts';
import { allow, hold } from './verdicts.ts';

/**
 * Only so many services are treated at a time: one at first, more as what was done is verified. What is wrong with all of them,
 * or with Paramedic itself, then shows on the first. An act that completes a rung is counted, but not stopped.
 */
export const velocityBudget: Guardrail = {
  name: 'velocity-budget',

  check(_proposal, facts) {
    const { fleet, settings, standing, incidentId } = facts;
    if (continuesItsRung(facts)) return allow;
    if (fleet.kind === 'unreadable') return fleetUnreadable(fleet, facts);
    const others = inFlightAt(fleet.record, standing.at).filter(({ incident }) => incident !== incidentId);
    const pace = paceAt(fleet.record, settings.fleet, standing.at);
    if (others.length < pace) return allow;
    const services = [...new Set(others.map(({ service }) => service))];
    return hold(
      'velocity.spent',
      after(standing.at, settings.timing.lap),
      `${counted(others.length, 'act')} on other services (${services.join(', ')}) not verified yet; ${pace} may be at a time.`,
    );
  },
};
