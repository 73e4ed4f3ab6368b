import { counted, inWords } from '../../contract/text.ts';
import { after } from '../../contract/time.ts';
import { continuesItsRung } from './continues-its-rung.ts';
import { fleetUnreadable } from './fleet-unreadable.ts';
import type { Guardrail } from './guardrail.ts';
import { dependencies, ownIncident, sameCluster, sameLoadBalancer, tooMany, treatedNeighbour } from './neighbours.ts';
import { allow, hold } from './verdicts.ts';

/**
 * Services that fall sick together have a cause outside of each of them: what mends one of them is no answer, and restarting all
 * of them is a second outage. Nothing is changed until that is over, or a person has it. Nor is a service treated that fell sick
 * right after its neighbour was.
 */
export const manyServices: Guardrail = {
  name: 'many-services',

  check(_proposal, facts) {
    const { fleet, settings, standing } = facts;
    if (continuesItsRung(facts)) return allow;
    if (fleet.kind === 'unreadable') return fleetUnreadable(fleet, facts);
    const again = after(standing.at, settings.timing.lap);
    const own = ownIncident(facts, fleet);
    for (const find of [tooMany, sameLoadBalancer, sameCluster, dependencies]) {
      const together = find(own, settings, fleet);
      if (together === undefined) continue;
      const names = together.incidents.map(({ service }) => service).join(', ');
      const says = `${counted(together.incidents.length, 'service')} in trouble at once share ${together.share}: ${names}.`;
      const among = together.incidents.map(({ service, incident }) => ({ service, incident }));
      return { kind: 'hold', reason: 'services.many', until: again, says, among };
    }
    const neighbour = treatedNeighbour(own, settings, fleet);
    if (neighbour?.actedAt == null) return allow;
    const when =
      neighbour.actedAt <= own.openedAt
        ? `${inWords(own.openedAt - neighbour.actedAt)} before this trouble began`
        : `${inWords(neighbour.actedAt - own.openedAt)} after this trouble began`;
    return hold('services.neighbour', again, `Paramedic changed ${neighbour.service}, a neighbour, ${when}.`);
  },
};
