import { ECSClient, StopServiceDeploymentCommand, StopTaskCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import type { Changes } from '../ports/changes.ts';
import { changing, reading } from './clients.ts';
import { registerCopy } from './register-copy.ts';
import { sendOnce } from './send-once.ts';

/** StopTask refuses a longer reason (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html). */
const longestReason = 255;

/**
 * The changes in ECS. The client makes one attempt. UpdateService names what it changes and nothing else: every further
 * field would be a change nobody asked for.
 */
export const serviceChanges = (
  client = new ECSClient(changing),
  reader = new ECSClient(reading),
): Pick<
  Changes,
  'stopTask' | 'forceNewDeployment' | 'registerTaskDefinition' | 'updateService' | 'stopServiceDeployment'
> => ({
  stopTask: async ({ cluster, task }, reason) => {
    await sendOnce(() => client.send(new StopTaskCommand({ cluster, task, reason: reason.slice(0, longestReason) })));
  },
  forceNewDeployment: async ({ cluster, service }) => {
    await sendOnce(() => client.send(new UpdateServiceCommand({ cluster, service, forceNewDeployment: true })));
  },
  registerTaskDefinition: (copy) => registerCopy(reader, client, copy),
  updateService: async ({ cluster, service }, taskDefinition) => {
    await sendOnce(() => client.send(new UpdateServiceCommand({ cluster, service, taskDefinition })));
  },
  stopServiceDeployment: async (deployment) => {
    const request = { serviceDeploymentArn: deployment, stopType: 'ROLLBACK' } as const;
    await sendOnce(() => client.send(new StopServiceDeploymentCommand(request)));
  },
});
