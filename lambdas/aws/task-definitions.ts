import { DescribeTaskDefinitionCommand, type ECSClient } from '@aws-sdk/client-ecs';
import { isNamed } from './answers.ts';
import type { Release } from './service-releases.ts';

/** So many of the newest task definitions are looked at; an older one counts as inactive and is never gone back to. */
const mostLookedAt = 5;

/** Which of these releases' task definitions can still be deployed. Newest first. */
export async function activeAmong(client: ECSClient, releases: readonly Release[]): Promise<ReadonlySet<string>> {
  const newest = [...new Set(releases.map(({ taskDefinition }) => taskDefinition))].slice(0, mostLookedAt);
  const active = await Promise.all(newest.map((taskDefinition) => isActive(client, taskDefinition)));
  return new Set(newest.filter((_, index) => active[index]));
}

async function isActive(client: ECSClient, taskDefinition: string): Promise<boolean> {
  try {
    const answer = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
    return answer.taskDefinition?.status === 'ACTIVE';
  } catch (error) {
    // A deleted task definition cannot be described: ECS answers with a ClientException.
    if (isNamed(error, 'ClientException')) return false;
    throw error;
  }
}
