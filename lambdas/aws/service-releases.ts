import { DescribeServiceRevisionsCommand, type ECSClient, type ServiceRevision } from '@aws-sdk/client-ecs';
import type { ImageFact } from '../model/facts.ts';
import { inBatches, needed } from './answers.ts';

const call = 'DescribeServiceRevisions';
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServiceRevisions.html */
const describedAtOnce = 20;

/** What a service revision brings in. */
export type Release = {
  readonly taskDefinition: string;
  readonly images: readonly ImageFact[];
  readonly digests: readonly string[];
};

/**
 * Reads service revisions by ARN. A revision with all its digests never changes again, so it is asked for once in the life
 * of the process; while a deployment starts, digests are still missing.
 */
export function releaseReader(client: ECSClient): (arns: readonly string[]) => Promise<ReadonlyMap<string, Release>> {
  const known = new Map<string, Release>();
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
      const release = releaseOf(revision);
      found.set(arn, release);
      if (release.images.length > 0 && release.images.every(({ digest }) => digest !== null)) known.set(arn, release);
    }
    return found;
  };
}

function releaseOf(revision: ServiceRevision): Release {
  const images = (revision.containerImages ?? []).map(
    ({ image, imageDigest }): ImageFact => ({
      image: needed(image, call, 'containerImages.image'),
      digest: imageDigest ?? null,
    }),
  );
  return {
    taskDefinition: needed(revision.taskDefinition, call, 'taskDefinition'),
    images,
    digests: images
      .map(({ digest }) => digest)
      .filter((digest) => digest !== null)
      .sort(),
  };
}
