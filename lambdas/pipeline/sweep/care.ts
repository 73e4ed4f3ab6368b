import { before, type Instant } from '../../contract/time.ts';
import type { Incident } from '../../model/incident.ts';
import type { ExecutionState } from '../../ports/sweep.ts';
import type { SweepLimits } from './limits.ts';

type Patience = Pick<SweepLimits, 'starting' | 'ending' | 'longestWorkflow'>;

/** What an open incident needs at first sight: its start once more, a look at its workflow, or nothing. */
export function firstCare({ status, openedAt }: Incident, at: Instant, limits: Patience): 'none' | 'start' | 'look' {
  switch (status) {
    case 'closed':
      return 'none';
    case 'starting':
      return openedAt <= before(at, limits.starting) ? 'start' : 'none';
    case 'started':
    case 'handed-over':
      return openedAt <= before(at, limits.ending) ? 'look' : 'none';
  }
}

/**
 * What it needs once the state of its workflow is known: `abandon` hands it over and frees its service, `free` frees a service
 * whose incident a person has anyway; when its alarms are OK, or, if the time for that is over, whatever they say.
 */
export type Care =
  | { readonly kind: 'none' | 'free-when-quiet' }
  | { readonly kind: 'abandon' | 'free'; readonly because: string };

export function careFor({ status, openedAt }: Incident, state: ExecutionState, at: Instant, limits: Patience): Care {
  const because = whyGone(openedAt, state, at, limits);
  if (because === undefined || status === 'closed' || status === 'starting') return { kind: 'none' };
  if (status === 'started') return { kind: 'abandon', because };
  return openedAt <= before(at, limits.longestWorkflow) ? { kind: 'free', because } : { kind: 'free-when-quiet' };
}

/** Why the incident has no workflow any more; `undefined` when it has one, or may have, or may just be told of its end. */
function whyGone(openedAt: Instant, state: ExecutionState, at: Instant, limits: Patience): string | undefined {
  if (openedAt <= before(at, limits.longestWorkflow))
    return 'The incident has been open for longer than a workflow lives.';
  if (state.kind !== 'ended' || state.at > before(at, limits.ending)) return undefined;
  return `The workflow of the incident ended (${state.how}) and nobody heard of it.`;
}
