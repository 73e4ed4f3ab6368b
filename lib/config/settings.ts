import { ledgerTableName, topicName } from '../../lambdas/contract/names.ts';
import {
  type DiagnosisSettings,
  type FleetLimits,
  type Limits,
  type LogSource,
  type ServiceResources,
  type ServiceSettings,
  settingsVersion,
  type Timing,
} from '../../lambdas/contract/settings.ts';
import { alarmPolicies, type Complete, type CompleteAlarms } from './alarm-policies.ts';
import { partitionOf } from './arn.ts';
import { policyDefaults } from './defaults.ts';
import { mergePolicy } from './merge.ts';
import { type PolicyConfig, policyConfig } from './policy.ts';

/** What a service is, as opposed to how it is treated. ARNs but for the load balancer (`app/name/id`, '' for none). */
export type ServiceIdentity = {
  readonly owner: string;
  readonly runbook: string;
  readonly cluster: string;
  readonly service: string;
  readonly loadBalancer: string;
  readonly targetGroups: readonly string[];
  readonly logs: LogSource | null;
  readonly stack: string | null;
};

export type SettingsInput = {
  readonly pipeline: string;
  readonly id: string;
  readonly region: string;
  readonly partition: string;
  readonly account: string;
  /** The owner's topic, where it is not the one that is created for the owner. */
  readonly topic?: string;
  readonly identity: ServiceIdentity;
  readonly policy: PolicyConfig;
};

const defaults = policyConfig.parse(policyDefaults);

/** The policy with the defaults laid under it. */
export const withDefaults = (policy: PolicyConfig): Complete<PolicyConfig> =>
  mergePolicy(defaults, policy) as Complete<PolicyConfig>;

/** The alarms of a policy that `withDefaults` completed. */
export const alarmsIn = (policy: Complete<PolicyConfig>): CompleteAlarms | 'none' =>
  policy.alarms as CompleteAlarms | 'none';

function resourcesOf({ identity, policy }: SettingsInput): ServiceResources {
  return {
    cluster: identity.cluster,
    service: identity.service,
    loadBalancer: identity.loadBalancer,
    targetGroups: identity.targetGroups,
    dedicatedLoadBalancer: policy.dedicatedLoadBalancer ?? policyDefaults.dedicatedLoadBalancer,
    containerInsights: policy.containerInsights ?? policyDefaults.containerInsights,
    logs: identity.logs,
    stack: identity.stack,
  };
}

function limitsOf(policy: Complete<PolicyConfig>): Limits {
  const limits = policy.limits as Limits;
  const { capacityPerTask = null, most } = limits.survivorLoad;
  return { ...limits, survivorLoad: { capacityPerTask, most } };
}

/** A service's whole configuration, defaults filled in. Throws one sentence when a needed number is missing. */
export function serviceSettings(input: SettingsInput): ServiceSettings {
  const { pipeline, id, region, partition, account, identity } = input;
  const policy = withDefaults(input.policy);
  const alarms = alarmsIn(policy);
  const { latency, errors } = alarms === 'none' ? policyDefaults.alarms : alarms;
  return {
    version: settingsVersion,
    pipeline,
    id,
    owner: identity.owner,
    runbook: identity.runbook,
    topic: input.topic ?? `arn:${partition}:sns:${region}:${account}:${topicName(pipeline, identity.owner)}`,
    ledgerTable: ledgerTableName(pipeline),
    region,
    resources: resourcesOf(input),
    senses: policy.senses,
    mode: policy.mode,
    enforce: policy.enforce,
    actionModes: (policy.actionModes ?? {}) as ServiceSettings['actionModes'],
    alarms: alarmPolicies(id, alarms),
    latencyPercentile:
      (latency === 'none' ? undefined : latency.percentile) ?? policyDefaults.alarms.latency.percentile,
    countUnanswered:
      (errors === 'none' ? undefined : errors.countUnanswered) ?? policyDefaults.alarms.errors.countUnanswered,
    signals: (policy.signals ?? []).map(({ alarm, match, kind }) => ({ alarm, match: match ?? 'exact', kind })),
    dependsOn: policy.dependsOn ?? [],
    freezes: policy.freezes ?? [],
    limits: limitsOf(policy),
    fleet: policy.fleet as FleetLimits,
    diagnosis: policy.diagnosis as DiagnosisSettings,
    timing: { drainFor: null, ...policy.timing } as Timing,
  };
}

/** What a simulated service has beside its policy. */
export type Simulated = {
  /** Seconds; used where the policy names no threshold of its own. */
  readonly latencyThreshold: number;
  /** Services that name the same load balancer share it; the service's id when left out. */
  readonly loadBalancer?: string;
  /** How many target groups it has; 1 when left out. */
  readonly targetGroups?: number;
};

const simulatedRegion = 'eu-central-1';
const simulatedAccount = '123456789012';

/** Sixteen hexadecimal digits that depend on the text alone, as resource ids in ARNs have them. */
function resourceId(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const character of text)
    hash = BigInt.asUintN(64, (hash ^ BigInt(character.codePointAt(0) ?? 0)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}

/** The settings of a service of the simulated account: logs are configured and both senses there, unless the policy says otherwise. */
export function simulatedSettings(id: string, policy: PolicyConfig, simulated: Simulated): ServiceSettings {
  const partition = partitionOf(simulatedRegion);
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${simulatedRegion}:${simulatedAccount}:${resource}`;
  const loadBalancer = simulated.loadBalancer ?? id;
  const groups = Array.from({ length: simulated.targetGroups ?? 1 }, (_, index) =>
    index === 0 ? id : `${id}-${index + 1}`,
  );
  return serviceSettings({
    pipeline: 'simulated',
    id,
    region: simulatedRegion,
    partition,
    account: simulatedAccount,
    identity: {
      owner: 'on-call',
      runbook: `https://runbooks.example.com/${id}`,
      cluster: arn('ecs', 'cluster/simulated'),
      service: id,
      loadBalancer: `app/${loadBalancer}/${resourceId(loadBalancer)}`,
      targetGroups: groups.map((name) => arn('elasticloadbalancing', `targetgroup/${name}/${resourceId(name)}`)),
      logs: { logGroup: `/ecs/${id}`, status: 'status', duration: 'duration_ms', durationPerSecond: 1000 },
      stack: id,
    },
    policy: mergePolicy({ alarms: { latency: { threshold: simulated.latencyThreshold } } } as PolicyConfig, policy),
  });
}
