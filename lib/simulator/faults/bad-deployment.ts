import { z } from 'zod';
import type { Instant } from '../../../lambdas/contract/time.ts';
import type { Deployment } from '../world/deployment.ts';
import { defineFault, struckService } from './fault.ts';
import { factor, length, revision, share } from './fields.ts';
import { fine } from './task-fault.ts';

/**
 * A bad release comes in: every task that runs its image misbehaves, from its start on or, with `onset`, from that long
 * after the deployment finished. The same revision a second time is the same task definition and image.
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
    const brought = service.deploy(
      { id: fault.revision, pinned: fault.pinned, noRollback: fault.noRollback },
      fault.pace,
    );
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
      on: (task, now) => task.digest === brought.digest && hasTurned(brought, fault.onset, now),
    });
  },
  end(scene, fault) {
    struckService(scene, fault).conditions.effects.clear(fault);
  },
});

const hasTurned = ({ finishedAt, status }: Deployment, onset: number | undefined, now: Instant): boolean =>
  onset === undefined || onset === 0 || (finishedAt !== null && status === 'successful' && now >= finishedAt + onset);
