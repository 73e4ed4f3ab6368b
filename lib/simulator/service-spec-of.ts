import { simulatedSettings } from '../config/settings.ts';
import type { ServiceYaml } from './scenario-schema.ts';
import type { ServiceSpec } from './world/service-spec.ts';

/** What a scenario says of a service, with everything it leaves open filled in. */
export function serviceSpecOf(id: string, yaml: ServiceYaml): ServiceSpec {
  const traffic = yaml.traffic ?? [{ at: 0, rate: 20 * yaml.tasks }];
  const steady = traffic[0]?.rate ?? 0;
  const loadBalancer = yaml.loadBalancer ?? id;
  return {
    id,
    tasks: yaml.tasks,
    zones: yaml.zones,
    traffic,
    latency: yaml.latency,
    errorRate: yaml.errorRate,
    capacityPerTask: yaml.capacityPerTask ?? Math.max(1, (2 * steady) / yaml.tasks),
    startup: yaml.startup,
    revisions: yaml.revisions,
    minimumHealthyPercent: yaml.minimumHealthyPercent,
    maximumPercent: yaml.maximumPercent,
    loadBalancer,
    crossZone: yaml.crossZone,
    listeners: yaml.listeners,
    account: yaml.account,
    settings: simulatedSettings(
      id,
      { mode: 'automatic', ...yaml.recovery },
      { latencyThreshold: 2 * yaml.latency.p99, loadBalancer, targetGroups: yaml.targetGroups },
    ),
  };
}
