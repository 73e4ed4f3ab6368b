import { type ECSClient, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { NotDone } from '../contract/not-done.ts';
import { shortName } from '../contract/short-name.ts';
import type { CopySpec } from '../ports/changes.ts';
import { needed } from './answers.ts';
import { sendOnce } from './send-once.ts';
import { copyRequest, describe, isCopy } from './task-definitions.ts';

/** Of so many of the family's newest revisions it is asked whether they are the copy that is wanted. */
const revisionsLookedAt = 5;

/**
 * Registers a copy, unless the family's newest revisions hold it already: the answer to an earlier attempt was lost then. ECS takes
 * no token that would make a second request harmless. `reader` may repeat itself, `client` sends once.
 */
export async function registerCopy(reader: ECSClient, client: ECSClient, copy: CopySpec): Promise<string> {
  const { request, there } = await lookFor(reader, copy).catch((error: unknown) => {
    // Nothing was asked of ECS yet but what there is.
    throw error instanceof NotDone ? error : new NotDone(`It could not be read: ${String(error)}`, { cause: error });
  });
  if (there !== undefined) return there;
  const { taskDefinition } = await sendOnce(() => client.send(new RegisterTaskDefinitionCommand(request)));
  return needed(taskDefinition?.taskDefinitionArn, 'RegisterTaskDefinition', 'taskDefinitionArn');
}

async function lookFor(reader: ECSClient, copy: CopySpec) {
  const original = await describe(reader, copy.of);
  if (original?.taskDefinition === undefined)
    throw new NotDone(`The task definition ${shortName(copy.of)} is gone: AWS does not describe it any more.`);
  const request = copyRequest(original, copy);
  return { request, there: await findCopy(reader, request, copy) };
}

/** Revisions are numbered one after the other, and a copy is newer than what it is a copy of. */
async function findCopy(
  reader: ECSClient,
  request: ReturnType<typeof copyRequest>,
  copy: CopySpec,
): Promise<string | undefined> {
  const newest = await describe(reader, needed(request.family, 'DescribeTaskDefinition', 'family'));
  const [last, first] = [revisionOf(newest?.taskDefinition?.taskDefinitionArn), revisionOf(copy.original)];
  for (let revision = last; revision > first && revision > last - revisionsLookedAt; revision--) {
    const described = revision === last ? newest : await describe(reader, copy.of.replace(/:\d+$/, `:${revision}`));
    if (described !== undefined && isCopy(described, request, copy)) return described.taskDefinition?.taskDefinitionArn;
  }
  return undefined;
}

const revisionOf = (arn = ''): number => Number(/:(\d+)$/.exec(arn)?.[1] ?? 0);
