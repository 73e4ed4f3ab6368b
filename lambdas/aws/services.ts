import { DescribeServicesCommand, ECSClient, type Service } from '@aws-sdk/client-ecs';
import type { ServiceSettings } from '../contract/settings.ts';
import type { Services } from '../ports/sight.ts';
import { needed } from './answers.ts';
import { reading } from './clients.ts';
import { deploymentReader } from './service-deployments.ts';
import { shapeOf } from './service-shape.ts';
import { tasksOf } from './service-tasks.ts';

const call = 'DescribeServices';

/** What ECS says of a service. One reader per process: it remembers what can never change. */
export function awsServices(client = new ECSClient(reading)): Services {
  const deploymentsOf = deploymentReader(client);
  return {
    describe: async (settings) => {
      const service = await describe(client, settings);
      const shape = shapeOf(service, settings.resources);
      const [tasks, deployments] = await Promise.all([
        tasksOf(client, settings.resources),
        // Service deployments exist for services that ECS itself deploys.
        shape.controller === 'ECS' ? deploymentsOf(settings.resources) : [],
      ]);
      return {
        shape,
        desired: needed(service.desiredCount, call, 'desiredCount'),
        running: needed(service.runningCount, call, 'runningCount'),
        pending: needed(service.pendingCount, call, 'pendingCount'),
        ...deploymentLimits(service),
        ...tasks,
        deployments,
      };
    },
  };
}

async function describe(client: ECSClient, { resources }: ServiceSettings): Promise<Service> {
  const { cluster, service: name } = resources;
  const { services, failures } = await client.send(new DescribeServicesCommand({ cluster, services: [name] }));
  const service = services?.find((each) => each.serviceName === name || each.serviceArn === name);
  if (service === undefined) {
    const reason = failures?.[0]?.reason ?? 'no reason given';
    throw new Error(`${call} does not know the service "${name}" in ${cluster}: ${reason}.`);
  }
  if (service.status !== 'ACTIVE') throw new Error(`The ECS service "${name}" is ${service.status}, not ACTIVE.`);
  return service;
}

/**
 * Percent of the desired count. ECS always answers both; its documented defaults stand in where it does not
 * (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html).
 */
const deploymentLimits = ({ deploymentConfiguration }: Service) => ({
  minimumHealthyPercent: deploymentConfiguration?.minimumHealthyPercent ?? 100,
  maximumPercent: deploymentConfiguration?.maximumPercent ?? 200,
});
