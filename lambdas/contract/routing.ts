import { type Duration, inMillis } from './time.ts';

/** How a target group sends requests to its targets: its attributes. */
export type GroupRouting = {
  readonly targetGroup: string;
  /** Requests are spread over the zones. */
  readonly crossZone: boolean;
  /** How long a deregistered target drains. */
  readonly deregistrationDelay: Duration;
  /** How long a new target gets fewer requests than the others. */
  readonly slowStart: Duration;
  /** Clients stay with the target that served them before. */
  readonly sticky: boolean;
  readonly algorithm: 'round-robin' | 'least-outstanding-requests' | 'weighted-random';
  /** The load balancer itself sends fewer requests to a target that it finds anomalous. Its weights are its own. */
  readonly anomalyMitigation: boolean;
  /** With fewer healthy targets than this, or a smaller share (0..1) of them, requests go to all that are registered. */
  readonly failsOpenBelow: { readonly count: number; readonly share: number };
};

/** Of all target groups of a service; null when it could not be read. */
export type Routing = readonly GroupRouting[] | null;

/** Do all target groups spread requests over the zones? */
export const crossesZones = (routing: Routing): boolean | null =>
  routing === null ? null : routing.every(({ crossZone }) => crossZone);

/** How long targets drain in the slowest of these target groups; null when that could not be read. */
export function longestDelay(routing: Routing, targetGroups: readonly string[]): Duration | null {
  const delays = targetGroups.map((arn) => groupOf(routing, arn)?.deregistrationDelay);
  const known = delays.filter((delay) => delay !== undefined);
  if (known.length < delays.length) return null;
  return known.reduce((longest, delay) => (inMillis(delay) > inMillis(longest) ? delay : longest), { seconds: 0 });
}

/**
 * Does every target get about as many requests as its peers? Not where clients stay with their target, where the load balancer
 * prefers those that have little to do, nor where it sends fewer to those that fail.
 */
export const spreadsEvenly = (routing: Routing): boolean =>
  routing === null ||
  routing.every(
    ({ sticky, algorithm, anomalyMitigation }) =>
      !sticky && algorithm !== 'least-outstanding-requests' && !anomalyMitigation,
  );

type InGroup = { readonly target: { readonly targetGroup: string }; readonly state: string };

/**
 * Can the load balancer send the target new requests now? One that has not passed its first check gets none, nor does one that
 * fails its checks, unless too few others are healthy: then all that are registered get requests
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html). What cannot be told
 * counts as yes. `targets` are all of the service.
 */
export function canBeGivenRequests(fact: InGroup, targets: readonly InGroup[], routing: Routing): boolean {
  const { state, target } = fact;
  if (state === 'draining' || state === 'unused') return false;
  if (state !== 'initial' && state !== 'unhealthy') return true;
  const group = groupOf(routing, target.targetGroup);
  // Without cross-zone load balancing each zone is counted by itself.
  return group === undefined || !group.crossZone || failsOpen(group, targets);
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-health */
function failsOpen({ targetGroup, failsOpenBelow }: GroupRouting, targets: readonly InGroup[]): boolean {
  const registered = targets.filter(
    ({ target, state }) => target.targetGroup === targetGroup && state !== 'draining' && state !== 'unused',
  );
  const healthy = registered.filter(({ state }) => state === 'healthy').length;
  return healthy < failsOpenBelow.count || healthy < failsOpenBelow.share * registered.length;
}

const groupOf = (routing: Routing, arn: string): GroupRouting | undefined =>
  routing?.find(({ targetGroup }) => targetGroup === arn);
