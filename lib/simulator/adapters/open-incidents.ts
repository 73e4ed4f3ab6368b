import type { OpenIncidents } from '../../../lambdas/ports/sweep.ts';
import type { SimulatedLedger } from './ledger.ts';

/** The list that the ledger keeps of the newest incident of every service. */
export const simulatedOpenIncidents = (
  ledger: Pick<SimulatedLedger, 'incident' | 'newestIncidents'>,
): OpenIncidents => ({
  list: async () => {
    const newest = ledger.newestIncidents.map(async ({ incident, service, openedAt, closedAt }) => {
      const known = await ledger.incident(incident);
      return known === undefined ? [] : [{ incident, service, openedAt, status: known.status, closedAt }];
    });
    return (await Promise.all(newest)).flat();
  },
});
