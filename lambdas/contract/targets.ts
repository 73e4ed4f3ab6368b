/** A registered target exactly as DescribeTargetHealth names it: deregistering without the port does nothing (200 OK). */
export type TargetRef = { readonly targetGroup: string; readonly id: string; readonly port: number };

/** Where a task can be reached: its ENI's address (any port), or its container instance and a host port. */
export type TaskAddress = { readonly id: string; readonly port: number | null };

export const targetKey = (target: TargetRef): string => `${target.targetGroup}|${target.id}:${target.port}`;

export const sameTarget = (a: TargetRef, b: TargetRef): boolean => targetKey(a) === targetKey(b);

/** Is the target one of the task's? Ports decide on container instances, where tasks share an id. */
export const belongsTo = (target: TargetRef, addresses: readonly TaskAddress[]): boolean =>
  addresses.some((a) => a.id === target.id && (a.port === null || a.port === target.port));

/** Those of `targets` that are the task's, in whatever target group and state. */
export const targetsOf = <T extends { readonly target: TargetRef }>(
  task: { readonly addresses: readonly TaskAddress[] },
  targets: readonly T[],
): readonly T[] => targets.filter(({ target }) => belongsTo(target, task.addresses));

/**
 * May the load balancer send new requests to a target in this state, now or soon? Not while it leaves, nor after. Unhealthy
 * targets count: with no healthy one left the load balancer sends to all
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html).
 */
export const takesTraffic = (state: string): boolean => state !== 'draining' && state !== 'unused';
