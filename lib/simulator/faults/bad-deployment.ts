import { z } from 'zod';
import type { Instant } from '../../../lambdas/contract/time.ts';
import type { Deployment } from '../world/deployment.ts';
import type { Task } from '../world/task.ts';
import { defineFault, struckService } from './fault.ts';
import { factor, length, revision, share } from './fields.ts';
import { fine } from './task-fault.ts';

/**
 * A bad release comes in: every task that runs its image misbehaves, from its start on or, with `onset`, from that long
 * after the deployment finished; with `sameImages` every task that has its configuration. With `starts: false` its tasks
 * exit while they start. The same revision a second time is the same release.
 */
export const badDeployment = defineFault({
  kind: 'bad-deployment',
  needsService: true,
  schema: z.strictObject({
    revision,
    /** Share of requests that fails; 30 % when neither this nor `factor` is given. */
    errorRate: share.optional(),
    /** How many times longer requests take. */
    factor: factor.optional(),
    /** How long after the deployment has finished it turns bad; at once when not given. */
    onset: length.optional(),
    /** The task definition names its image by digest instead of by tag. */
    pinned: z.boolean().default(false),
    /** Its image is that of the release before it: what is bad is its configuration. */
    sameImages: z.boolean().default(false),
    /** Whether its tasks start; otherwise they exit before they are healthy. */
    starts: z.boolean().default(true),
    /** The task definition carries `paramedic.no-rollback`, which says why. */
    noRollback: z.string().min(1).optional(),
    /** How long each new task takes from start to first healthy check; the service's `startup` when not given. */
    pace: length.optional(),
    /** AWS itself rolls it back that long after it began, if it is still under way: its circuit breaker or its alarms. */
    rolledBackAfter: length.optional(),
  }),
  strike(scene, fault) {
    const service = struckService(scene, fault);
    const { clock } = scene.world;
    const { revision: id, pinned, noRollback, sameImages } = fault;
    const brought = service.deploy({ id, pinned, noRollback, sameImages }, fault.pace);
    const isOf = (task: Task): boolean =>
      sameImages ? task.deployment.release.revision === id : task.digest === brought.digest;
    if (!fault.starts) service.conditions.newTasksDie.set(fault, { after: whileItStarts(brought), on: isOf });
    if (fault.rolledBackAfter !== undefined) {
      clock.tick(clock.now() + fault.rolledBackAfter, () => {
        const { all, running } = service.rollouts;
        if (running === brought && all.some(({ status }) => status === 'successful'))
          service.rollouts.rollBack(brought.id);
      });
    }
    const errorRate = fault.errorRate ?? (fault.factor === undefined ? 0.3 : 0);
    service.conditions.effects.set(fault, {
      ...fine,
      errorRate,
      factor: fault.factor ?? 1,
      on: (task, now) => isOf(task) && hasTurned(brought, fault.onset, now),
    });
  },
  end(scene, fault) {
    const { conditions } = struckService(scene, fault);
    conditions.effects.clear(fault);
    conditions.newTasksDie.clear(fault);
  },
});

/** After a container has started, and before it listens. */
const whileItStarts = ({ startup }: Deployment): number => Math.min(10_000, startup / 3);

const hasTurned = ({ finishedAt, status }: Deployment, onset: number | undefined, now: Instant): boolean =>
  onset === undefined || onset === 0 || (finishedAt !== null && status === 'successful' && now >= finishedAt + onset);
