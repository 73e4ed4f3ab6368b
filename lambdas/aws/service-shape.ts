import type { LoadBalancer, Service } from '@aws-sdk/client-ecs';
import type { ServiceResources } from '../contract/settings.ts';
import type { ServiceShape } from '../model/facts.ts';
import { translated } from './answers.ts';

const call = 'DescribeServices';

const controllers = { ECS: 'ECS', CODE_DEPLOY: 'CODE_DEPLOY', EXTERNAL: 'EXTERNAL' } as const;
const strategies = { ROLLING: 'ROLLING', BLUE_GREEN: 'BLUE_GREEN', LINEAR: 'LINEAR', CANARY: 'CANARY' } as const;
const schedulings = { REPLICA: 'REPLICA', DAEMON: 'DAEMON' } as const;

type Reach = ServiceShape['reachedBy'][number];

/** How the service is deployed and reached. Fields that ECS leaves out of older services have their documented default. */
export function shapeOf(service: Service, resources: ServiceResources): ServiceShape {
  const strategy = service.deploymentConfiguration?.strategy ?? 'ROLLING';
  return {
    controller: translated(service.deploymentController?.type ?? 'ECS', controllers, call, 'deploymentController.type'),
    strategy: translated(strategy, strategies, call, 'deploymentConfiguration.strategy'),
    scheduling: translated(service.schedulingStrategy ?? 'REPLICA', schedulings, call, 'schedulingStrategy'),
    reachedBy: [...new Set(reachedBy(service, resources))],
  };
}

function reachedBy(service: Service, resources: ServiceResources): readonly Reach[] {
  const balancers = (service.loadBalancers ?? []).map((balancer) => kindOf(balancer, resources));
  const primary = service.deployments?.find(({ status }) => status === 'PRIMARY');
  const connect = primary?.serviceConnectConfiguration;
  return [
    ...balancers,
    // A service that only calls others through Service Connect offers nothing there.
    ...(connect?.enabled && (connect.services ?? []).length > 0 ? (['service-connect'] as const) : []),
    ...((service.serviceRegistries ?? []).length > 0 ? (['cloud-map'] as const) : []),
    ...((primary?.vpcLatticeConfigurations ?? []).length > 0 ? (['lattice'] as const) : []),
  ];
}

/**
 * The configuration names one load balancer and its target groups; `app/` and `net/` tell which kind it is. A target group
 * that is not configured counts as another way in: tasks could be taken out of the others and still get traffic there.
 */
function kindOf({ targetGroupArn, advancedConfiguration }: LoadBalancer, resources: ServiceResources): Reach {
  const groups = [targetGroupArn, advancedConfiguration?.alternateTargetGroupArn].filter(
    (group) => group !== undefined,
  );
  const configured = groups.length > 0 && groups.every((group) => resources.targetGroups.includes(group));
  if (!configured) return 'other-target-group';
  return resources.loadBalancer.startsWith('net/') ? 'nlb' : 'alb';
}
