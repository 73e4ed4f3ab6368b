import { DescribeServiceRevisionsCommand, type ECSClient, type ServiceRevision } from '@aws-sdk/client-ecs';
import type { ContainerImage } from '../contract/releases.ts';
import { inBatches, needed } from './answers.ts';

const call = 'DescribeServiceRevisions';
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServiceRevisions.html */
const describedAtOnce = 20;

/** What a service revision brings in, and the digests that ECS has recorded for its containers. */
export type Revision = { readonly taskDefinition: string; readonly images: readonly ContainerImage[] };

/**
 * Reads service revisions by ARN. A revision with all its digests never changes again, so it is asked for once in the life
 * of the process; while a deployment starts, digests are still missing.
 */
export function revisionReader(client: ECSClient): (arns: readonly string[]) => Promise<ReadonlyMap<string, Revision>> {
  const known = new Map<string, Revision>();
  return async (arns) => {
    const unknown = [...new Set(arns)].filter((arn) => !known.has(arn));
    const answers = await Promise.all(
      inBatches(unknown, describedAtOnce).map((serviceRevisionArns) =>
        client.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns })),
      ),
    );
    const found = new Map(known);
    for (const revision of answers.flatMap(({ serviceRevisions }) =>
      needed(serviceRevisions, call, 'serviceRevisions'),
    )) {
      const arn = needed(revision.serviceRevisionArn, call, 'serviceRevisionArn');
      const read = revisionOf(revision);
      found.set(arn, read);
      if (read.images.length > 0 && read.images.every(({ digest }) => digest !== null)) known.set(arn, read);
    }
    return found;
  };
}

/** Containers that ECS injects are not listed; where it could not establish a digest, or was not to, there is none. */
const revisionOf = (revision: ServiceRevision): Revision => ({
  taskDefinition: needed(revision.taskDefinition, call, 'taskDefinition'),
  images: (revision.containerImages ?? []).map(({ containerName, image, imageDigest }) => ({
    container: needed(containerName, call, 'containerImages.containerName'),
    image: needed(image, call, 'containerImages.image'),
    digest: imageDigest ?? null,
  })),
});
