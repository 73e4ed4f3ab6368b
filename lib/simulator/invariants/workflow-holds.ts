import type { Invariant } from './invariant.ts';

/** No workflow takes another way when it is replayed, and none fails in a way that nobody deals with. */
export const workflowHolds: Invariant = {
  name: 'workflow-holds',

  broken: ({ failures, endedAt }) => failures.map((says) => ({ at: endedAt, says })),
};
