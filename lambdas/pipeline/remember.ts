import { before, type Instant } from '../contract/time.ts';
import type { History } from '../model/incident-state.ts';
import type { Ledger } from '../ports/ledger.ts';
import { history } from './record/history.ts';

/** How far back cooldown and repeat limits look for what was done. */
const actsWithin = { hours: 4 } as const;
/** How far back ECS remembers deployments (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html). */
const incidentsWithin = { days: 90 } as const;

/** What the ledger knows of a service across incidents. */
export async function remember(
  ledger: Pick<Ledger, 'recent' | 'condemned' | 'incidents'>,
  service: string,
  at: Instant,
): Promise<History> {
  const [recent, condemned, incidents] = await Promise.all([
    ledger.recent(service, before(at, actsWithin)),
    ledger.condemned(service),
    ledger.incidents(service, before(at, incidentsWithin)),
  ]);
  return history(recent, condemned, incidents);
}
