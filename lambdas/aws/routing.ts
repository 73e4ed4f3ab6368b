import {
  DescribeTargetGroupAttributesCommand,
  ElasticLoadBalancingV2Client,
  type TargetGroupAttribute,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { GroupRouting } from '../contract/routing.ts';
import { type Duration, type Instant, inMillis } from '../contract/time.ts';
import type { Clock, Routing } from '../ports/sight.ts';
import { needed, translated } from './answers.ts';
import { reading } from './clients.ts';

const call = 'DescribeTargetGroupAttributes';

const delay = 'deregistration_delay.timeout_seconds';
const crossZone = 'load_balancing.cross_zone.enabled';
const algorithm = 'load_balancing.algorithm.type';
const mitigation = 'load_balancing.algorithm.anomaly_mitigation';
const slowStart = 'slow_start.duration_seconds';
const stickiness = 'stickiness.enabled';
const failOpenCount = 'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count';
const failOpenPercentage = 'target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage';

/**
 * What holds where AWS says nothing of an attribute
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#target-group-attributes).
 * Of the zones it must say something.
 */
const defaults: Readonly<Record<string, string>> = {
  [delay]: '300',
  [algorithm]: 'round_robin',
  [mitigation]: 'off',
  [slowStart]: '0',
  [stickiness]: 'false',
  [failOpenCount]: '1',
  [failOpenPercentage]: 'off',
};

const yesOrNo: Readonly<Record<string, boolean>> = { true: true, false: false };
const onOrOff: Readonly<Record<string, boolean>> = { on: true, off: false };

/** An Application Load Balancer always spreads requests over the zones, unless a target group says otherwise. */
const zonesCrossed: Readonly<Record<string, boolean>> = { ...yesOrNo, use_load_balancer_configuration: true };

const algorithms: Readonly<Record<string, GroupRouting['algorithm']>> = {
  round_robin: 'round-robin',
  least_outstanding_requests: 'least-outstanding-requests',
  weighted_random: 'weighted-random',
};

/** The attributes of every target group of the service, by one call for each. */
export const awsRouting = (client = new ElasticLoadBalancingV2Client(reading)): Routing => ({
  groups: ({ resources }) =>
    Promise.all(
      resources.targetGroups.map(async (targetGroup) => {
        const answer = await client.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: targetGroup }));
        return routingOf(targetGroup, answer.Attributes ?? []);
      }),
    ),
});

function routingOf(targetGroup: string, attributes: readonly TargetGroupAttribute[]): GroupRouting {
  const value = (key: string): string =>
    needed(attributes.find(({ Key }) => Key === key)?.Value ?? defaults[key], call, key);
  const word = <T>(key: string, words: Readonly<Record<string, T>>): T => translated(value(key), words, call, key);
  const number = (key: string): number => {
    const text = value(key);
    const given = Number(text);
    if (!Number.isFinite(given) || given < 0) throw new Error(`${call} answered ${key} "${text}", which is no number.`);
    return given;
  };
  return {
    targetGroup,
    crossZone: word(crossZone, zonesCrossed),
    deregistrationDelay: { seconds: number(delay) },
    slowStart: { seconds: number(slowStart) },
    sticky: word(stickiness, yesOrNo),
    algorithm: word(algorithm, algorithms),
    anomalyMitigation: word(mitigation, onOrOff),
    failsOpenBelow: {
      count: number(failOpenCount),
      share: value(failOpenPercentage) === 'off' ? 0 : number(failOpenPercentage) / 100,
    },
  };
}

/** Attributes hardly ever change, while a workflow looks every half minute. */
const rememberedFor: Duration = { minutes: 5 };

/** The same, asked of AWS again only after a while. What could not be read is asked again at once. */
export function rememberedRouting(routing: Routing, clock: Clock): Routing {
  const known = new Map<string, { readonly at: Instant; readonly groups: readonly GroupRouting[] }>();
  return {
    async groups(settings) {
      const key = settings.resources.targetGroups.join(' ');
      const before = known.get(key);
      const now = clock.now();
      if (before !== undefined && now - before.at < inMillis(rememberedFor)) return before.groups;
      const groups = await routing.groups(settings);
      known.set(key, { at: now, groups });
      return groups;
    },
  };
}
