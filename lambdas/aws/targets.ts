import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { TargetFact, TargetState } from '../model/facts.ts';
import type { Targets } from '../ports/sight.ts';
import { needed, translated } from './answers.ts';
import { reading } from './clients.ts';

const call = 'DescribeTargetHealth';

const states: Readonly<Record<string, TargetState>> = {
  initial: 'initial',
  healthy: 'healthy',
  unhealthy: 'unhealthy',
  // Deregistered while unhealthy: it gets no new requests, as any draining target.
  'unhealthy.draining': 'draining',
  draining: 'draining',
  unused: 'unused',
  unavailable: 'unavailable',
};

const anomalies: Readonly<Record<string, 'normal' | 'anomalous'>> = { normal: 'normal', anomalous: 'anomalous' };

/**
 * A zonal shift or autoshift; said of targets whatever their health
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AdministrativeOverride.html).
 */
const shifts: Readonly<Record<string, TargetFact['shift']>> = {
  no_override: 'none',
  zonal_shift_active: 'active',
  zonal_shift_delegated_to_dns: 'active',
  unknown: 'unknown',
};

/**
 * Below so many healthy targets the load balancer compares nothing and says `normal` of every one
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html).
 */
const fewestCompared = 3;

/** Health and anomaly result of every target in every target group of the service. */
export const awsTargets = (client = new ElasticLoadBalancingV2Client(reading)): Targets => ({
  health: async ({ resources }) => {
    const groups = await Promise.all(resources.targetGroups.map((targetGroup) => healthOf(client, targetGroup)));
    return groups.flat();
  },
});

async function healthOf(client: ElasticLoadBalancingV2Client, targetGroup: string): Promise<readonly TargetFact[]> {
  const answer = await client.send(
    new DescribeTargetHealthCommand({ TargetGroupArn: targetGroup, Include: ['AnomalyDetection'] }),
  );
  const described = needed(answer.TargetHealthDescriptions, call, 'TargetHealthDescriptions');
  const healthy = described.filter(({ TargetHealth }) => TargetHealth?.State === 'healthy').length;
  return described.map((each) => targetFact(targetGroup, each, healthy >= fewestCompared));
}

function targetFact(targetGroup: string, described: TargetHealthDescription, compared: boolean): TargetFact {
  const target = needed(described.Target, call, 'Target');
  return {
    target: { targetGroup, id: needed(target.Id, call, 'Target.Id'), port: needed(target.Port, call, 'Target.Port') },
    zone: zoneOf(target.AvailabilityZone),
    state: translated(described.TargetHealth?.State, states, call, 'TargetHealth.State'),
    anomaly: compared ? anomalyOf(described) : null,
    shift: shiftOf(described),
  };
}

function anomalyOf({ AnomalyDetection }: TargetHealthDescription): TargetFact['anomaly'] {
  const result = AnomalyDetection?.Result;
  return result === undefined ? null : translated(result, anomalies, call, 'AnomalyDetection.Result');
}

/** Load balancers that no shift is enabled for may say nothing of it. */
function shiftOf({ AdministrativeOverride }: TargetHealthDescription): TargetFact['shift'] {
  const state = AdministrativeOverride?.State;
  return state === undefined ? 'none' : translated(state, shifts, call, 'AdministrativeOverride.State');
}

/** Only targets outside the VPC carry `all`; most carry nothing, and their zone is known from their task. */
const zoneOf = (zone: string | undefined): string | null => (zone === undefined || zone === 'all' ? null : zone);
