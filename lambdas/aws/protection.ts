import { ECSClient, GetTaskProtectionCommand } from '@aws-sdk/client-ecs';
import type { Protection } from '../ports/sight.ts';
import { inBatches, needed } from './answers.ts';
import { reading } from './clients.ts';

const call = 'GetTaskProtection';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_GetTaskProtection.html */
const askedAtOnce = 100;

/** Which tasks are protected. Those that ECS lists as failures are left out: nothing is known of them. */
export const awsProtection = (client = new ECSClient(reading)): Protection => ({
  of: async ({ resources: { cluster } }, tasks) => {
    const arns = tasks.map(({ task }) => task);
    const answers = await Promise.all(
      inBatches(arns, askedAtOnce).map((some) => client.send(new GetTaskProtectionCommand({ cluster, tasks: some }))),
    );
    const told = answers.flatMap(({ protectedTasks }) => needed(protectedTasks, call, 'protectedTasks'));
    return Object.fromEntries(
      told.map(({ taskArn, protectionEnabled }) => [
        needed(taskArn, call, 'taskArn'),
        needed(protectionEnabled, call, 'protectionEnabled'),
      ]),
    );
  },
});
