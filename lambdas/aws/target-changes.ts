import {
  DeregisterTargetsCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { NotDone } from '../contract/not-done.ts';
import type { TargetRef } from '../contract/targets.ts';
import type { Changes } from '../ports/changes.ts';
import { changing } from './clients.ts';
import { sendOnce } from './send-once.ts';

/** The changes behind a load balancer. The client makes one attempt. */
export const targetChanges = (
  client = new ElasticLoadBalancingV2Client(changing),
): Pick<Changes, 'deregisterTargets' | 'registerTargets'> => ({
  deregisterTargets: async (targets) => {
    await oneByOne(byGroup(targets), (group) => client.send(new DeregisterTargetsCommand(group)));
  },
  registerTargets: async (targets) => {
    await oneByOne(byGroup(targets), (group) => client.send(new RegisterTargetsCommand(group)));
  },
});

/** Once a first group was changed, no later rejection means that nothing was done. */
async function oneByOne<G>(groups: readonly G[], send: (group: G) => Promise<unknown>): Promise<void> {
  for (const [n, group] of groups.entries()) {
    try {
      await sendOnce(() => send(group));
    } catch (error) {
      throw n > 0 && error instanceof NotDone ? new Error(error.message, { cause: error }) : error;
    }
  }
}

/**
 * One call per target group. Always Id and Port: without the port AWS answers 200 OK and deregisters nothing, since ECS
 * registers targets under a port of their own (https://github.com/chaostoolkit-incubator/chaostoolkit-aws/issues/60).
 */
function byGroup(targets: readonly TargetRef[]) {
  if (targets.length === 0)
    throw new Error('There is no target to change; an empty selection never means all of them.');
  const groups = new Map<string, { Id: string; Port: number }[]>();
  for (const { targetGroup, id, port } of targets) {
    const group = groups.get(targetGroup) ?? [];
    groups.set(targetGroup, [...group, { Id: id, Port: port }]);
  }
  return [...groups].map(([TargetGroupArn, Targets]) => ({ TargetGroupArn, Targets }));
}
