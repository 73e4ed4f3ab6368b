import { createHash } from 'node:crypto';
import {
  ClientException,
  DescribeTaskDefinitionCommand,
  type DescribeTaskDefinitionCommandOutput,
  type ECSClient,
  type RegisterTaskDefinitionCommandInput,
  type TaskDefinition,
} from '@aws-sdk/client-ecs';
import { copiedFrom, tagsOfCopy, wasCopiedFor } from '../contract/copy-tags.ts';
import type { ContainerImage } from '../contract/releases.ts';
import { pinned } from '../contract/ways-back.ts';
import type { DeploymentFact } from '../model/facts.ts';
import type { CopySpec } from '../ports/changes.ts';
import { needed } from './answers.ts';
import type { Revision } from './service-releases.ts';

const call = 'DescribeTaskDefinition';

/** So many of the newest task definitions are looked at; an older one is never gone back to. */
const mostLookedAt = 5;

/** The tag of a task definition, or the label of a container in it, that forbids to roll the release back; it says why. */
const marker = 'paramedic.no-rollback';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html */
const mostTags = 50;

/** What ECS says of a task definition and does not take when one is registered. Everything else is what it is. */
export const answeredOnly = [
  'compatibilities',
  'deleteRequestedAt',
  'deregisteredAt',
  'registeredAt',
  'registeredBy',
  'requiresAttributes',
  'revision',
  'status',
  'taskDefinitionArn',
] as const satisfies readonly (keyof TaskDefinition)[];

/** What there is to know of a task definition beyond its name. */
export type Definition = Pick<DeploymentFact, 'definition' | 'copyOf' | 'content' | 'noRollback'> & {
  readonly images: readonly Omit<ContainerImage, 'digest'>[];
};

/** What nobody has looked at, and what is there no more. */
const notAsked: Definition = { definition: 'not-asked', copyOf: null, content: null, noRollback: null, images: [] };
const gone: Definition = { ...notAsked, definition: 'gone' };

/**
 * The task definition of the newest release, whatever became of it, and those of the newest ones that succeeded.
 * `undefined` stands for no newest one.
 */
export async function definitionsOf(
  client: ECSClient,
  newest: Revision | undefined,
  successful: readonly Revision[],
): Promise<(taskDefinition: string) => Definition> {
  const nameOf = ({ taskDefinition }: Revision): string => taskDefinition;
  const back = [...new Set(successful.map(nameOf))].slice(0, mostLookedAt);
  const names = [...new Set([...(newest === undefined ? [] : [nameOf(newest)]), ...back])];
  const definitions = await Promise.all(names.map(async (name) => [name, await read(client, name)] as const));
  const known = new Map(definitions);
  return (taskDefinition) => known.get(taskDefinition) ?? notAsked;
}

type Described = DescribeTaskDefinitionCommandOutput;

/** By its ARN, or the newest active one of a family. `undefined`: ECS answers so of what was deleted, and of what it has forgotten. */
export async function describe(client: ECSClient, taskDefinition: string): Promise<Described | undefined> {
  try {
    return await client.send(new DescribeTaskDefinitionCommand({ taskDefinition, include: ['TAGS'] }));
  } catch (error) {
    if (error instanceof ClientException) return undefined;
    throw error;
  }
}

async function read(client: ECSClient, taskDefinition: string): Promise<Definition> {
  const described = await describe(client, taskDefinition);
  const found = described?.taskDefinition;
  if (described === undefined || found === undefined) return gone;
  return {
    definition: found.status === 'ACTIVE' ? 'active' : 'inactive',
    copyOf: copiedFrom(taskDefinition, tagsOf(described)),
    content: contentOf(found),
    noRollback: markOf(described),
    images: (found.containerDefinitions ?? []).map(({ name, image }) => ({
      container: needed(name, call, 'containerDefinitions.name'),
      image: needed(image, call, 'containerDefinitions.image'),
    })),
  };
}

const tagsOf = ({ tags = [] }: Described): Readonly<Record<string, string>> =>
  Object.fromEntries(tags.flatMap(({ key, value }) => (key === undefined ? [] : [[key, value ?? '']])));

/** A mark that says nothing is one all the same. */
function markOf(described: Described): Definition['noRollback'] {
  const labels = (described.taskDefinition?.containerDefinitions ?? []).map(
    ({ dockerLabels }) => dockerLabels?.[marker],
  );
  const said = [tagsOf(described)[marker], ...labels].filter((text) => text !== undefined);
  return said.length === 0 ? false : (said.find((text) => text.trim() !== '') ?? 'no reason is given');
}

/** All that is registered of a task definition, tags left out. */
function registered(definition: TaskDefinition): TaskDefinition {
  const others = Object.entries(definition).filter(([name]) => !(answeredOnly as readonly string[]).includes(name));
  return Object.fromEntries(others);
}

/** The same for task definitions that differ in their images and tags alone. Of what may be secret nothing can be read from it. */
function contentOf(definition: TaskDefinition): string {
  const containers = (definition.containerDefinitions ?? []).map(({ image: _, ...rest }) => rest);
  const text = JSON.stringify(inOrder({ ...registered(definition), containerDefinitions: containers }));
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** Names in the order of the alphabet, so that equal values are equal texts. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, each]) => [name, inOrder(each)]));
}

/** The request that registers a copy: every member as it is described, the images by digest, the tags and whose copy it is. */
export function copyRequest(original: Described, copy: CopySpec): RegisterTaskDefinitionCommandInput {
  const definition = registered(needed(original.taskDefinition, call, 'taskDefinition'));
  const own = tagsOfCopy(copy);
  const kept = (original.tags ?? []).filter(({ key = '' }) => !/^aws:/i.test(key) && !(key in own));
  return {
    ...definition,
    family: needed(definition.family, call, 'family'),
    containerDefinitions: needed(definition.containerDefinitions, call, 'containerDefinitions').map((container) => {
      const digest = copy.pins[needed(container.name, call, 'containerDefinitions.name')];
      const image = needed(container.image, call, 'containerDefinitions.image');
      return digest === undefined ? container : { ...container, image: pinned(image, digest) };
    }),
    tags: [
      ...kept.slice(0, mostTags - Object.keys(own).length),
      ...Object.entries(own).map(([key, value]) => ({ key, value })),
    ],
  };
}

/** Is it the copy that such a request for the same incident would make, whichever of its orders made it? */
export function isCopy(described: Described, request: RegisterTaskDefinitionCommandInput, copy: CopySpec): boolean {
  const { taskDefinitionArn = '', status, containerDefinitions } = described.taskDefinition ?? {};
  const images = (definitions: TaskDefinition['containerDefinitions']) =>
    (definitions ?? []).map(({ name, image }) => `${name} ${image}`).join();
  return (
    status === 'ACTIVE' &&
    wasCopiedFor(copy.for.incidentId, tagsOf(described)) &&
    copiedFrom(taskDefinitionArn, tagsOf(described)) === copy.original &&
    images(containerDefinitions) === images(request.containerDefinitions)
  );
}
