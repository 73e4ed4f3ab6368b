import type { Limits, ServiceSettings } from '../contract/settings.ts';
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
  const reach = longestMemory(limits) + inMillis(atLeast);
  const [recent, condemned, incidents] = await Promise.all([
    ledger.recent(id, at - reach),
    ledger.condemned(id),
    ledger.incidents(id, before(at, incidentsWithin)),
  ]);
  return history(recent, condemned, incidents);
}

/** The longest time over which a guardrail adds up acts. */
function longestMemory({ cooldown, repeatLimit, failures, ineffective, ban }: Limits): number {
  return Math.max(
    inMillis(cooldown),
    inMillis(repeatLimit.within),
    // The acts that block for so long may be as far apart as the block is long.
    2 * inMillis(failures.blockFor),
    inMillis(ineffective.within),
    inMillis(ban.most) + timesThatCount(ban) * inMillis(ban.decayEvery),
  );
}

/** Beyond so many times a ban does not grow any more. */
const timesThatCount = ({ first, most }: Limits['ban']): number =>
  Math.ceil(inMillis(most) / Math.max(1, inMillis(first)));
