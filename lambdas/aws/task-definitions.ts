import {
  ClientException,
  DescribeTaskDefinitionCommand,
  type DescribeTaskDefinitionCommandOutput,
  type ECSClient,
} from '@aws-sdk/client-ecs';
import type { DeploymentFact } from '../model/facts.ts';
import type { Release } from './service-releases.ts';

/** So many of the newest task definitions are looked at; an older one counts as inactive and is never gone back to. */
const mostLookedAt = 5;

/** The tag of a task definition, or the label of a container in it, that forbids to roll the release back; it says why. */
const marker = 'paramedic.no-rollback';

/** What there is to know of a task definition beyond its name. */
export type Definition = Pick<DeploymentFact, 'noRollback'> & { readonly active: boolean };

/** What nobody has looked at, or what is there no more. */
const unknown: Definition = { active: false, noRollback: null };

/**
 * The task definition of the newest release, whatever became of it, and those of the newest ones that succeeded.
 * `undefined` stands for no newest one.
 */
export async function definitionsOf(
  client: ECSClient,
  newest: Release | undefined,
  successful: readonly Release[],
): Promise<(taskDefinition: string) => Definition> {
  const nameOf = ({ taskDefinition }: Release): string => taskDefinition;
  const back = [...new Set(successful.map(nameOf))].slice(0, mostLookedAt);
  const names = [...new Set([...(newest === undefined ? [] : [nameOf(newest)]), ...back])];
  const definitions = await Promise.all(names.map(async (name) => [name, await describe(client, name)] as const));
  const known = new Map(definitions);
  return (taskDefinition) => known.get(taskDefinition) ?? unknown;
}

async function describe(client: ECSClient, taskDefinition: string): Promise<Definition> {
  try {
    const answer = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition, include: ['TAGS'] }));
    return { active: answer.taskDefinition?.status === 'ACTIVE', noRollback: markOf(answer) };
  } catch (error) {
    // A deleted task definition cannot be described: ECS answers with a ClientException.
    if (error instanceof ClientException) return unknown;
    throw error;
  }
}

/** A mark that says nothing is one all the same. */
function markOf({ tags, taskDefinition }: DescribeTaskDefinitionCommandOutput): Definition['noRollback'] {
  const labels = (taskDefinition?.containerDefinitions ?? []).map(({ dockerLabels }) => dockerLabels?.[marker]);
  const tag = (tags ?? []).find(({ key }) => key === marker);
  const said = [...(tag === undefined ? [] : [tag.value ?? '']), ...labels.filter((label) => label !== undefined)];
  return said.length === 0 ? false : (said.find((text) => text.trim() !== '') ?? 'no reason is given');
}
