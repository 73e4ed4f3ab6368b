import type { OpenIncidents } from '../../../lambdas/ports/sweep.ts';
import type { SimulatedLedger } from './ledger.ts';

/** The list that the ledger keeps of the newest incident of every service. */
export const simulatedOpenIncidents = (ledger: Pick<SimulatedLedger, 'newest'>): OpenIncidents => ({
  list: async () =>
    ledger.newest.map(({ incident: { id, service, openedAt, status }, closedAt }) => ({
      incident: id,
      service,
      openedAt,
      status,
      closedAt,
    })),
});
