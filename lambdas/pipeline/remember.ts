import type { ServiceSettings } from '../contract/settings.ts';
import { before, type Instant, inMillis } from '../contract/time.ts';
import type { History } from '../model/incident-state.ts';
import type { Ledger } from '../ports/ledger.ts';
import { history } from './record/history.ts';

/** How far back incidents can matter to a look, whatever the limits: the longest one may last an hour and more. */
const atLeast = { hours: 4 } as const;
/** How far back ECS remembers deployments (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html). */
const incidentsWithin = { days: 90 } as const;

/** What the ledger knows of a service across incidents. */
export async function remember(
  ledger: Pick<Ledger, 'recent' | 'condemned' | 'incidents'>,
  { id, limits }: ServiceSettings,
  at: Instant,
): Promise<History> {
  const reach = Math.max(inMillis(limits.cooldown), inMillis(limits.repeatLimit.within)) + inMillis(atLeast);
  const [recent, condemned, incidents] = await Promise.all([
    ledger.recent(id, at - reach),
    ledger.condemned(id),
    ledger.incidents(id, before(at, incidentsWithin)),
  ]);
  return history(recent, condemned, incidents);
}
