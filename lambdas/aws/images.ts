import {
  DescribeImagesCommand,
  ECRClient,
  type ImageDetail,
  ImageNotFoundException,
  RepositoryNotFoundException,
} from '@aws-sdk/client-ecr';
import type { Images } from '../ports/sight.ts';
import { reading } from './clients.ts';
import { type EcrImage, ecrImage } from './image-reference.ts';

/**
 * What image references resolve to now. References by digest resolve to themselves; other registries are not asked. What goes
 * wrong with one image is null for it and leaves the others as they are: the tag is gone, the image is somebody else's, or
 * ECR does not answer.
 */
export const awsImages = (client = new ECRClient(reading)): Images => ({
  resolve: async (images) => {
    const region = await client.config.region();
    const digests = await Promise.all(
      [...new Set(images)].map(async (image) => [image, await digestOf(client, region, image)]),
    );
    return Object.fromEntries(digests);
  },
  gone: async (images) => {
    const region = await client.config.region();
    const each = await Promise.all(
      [...new Set(images)].map(async (image) => ((await isGone(client, region, image)) ? [image] : [])),
    );
    return each.flat();
  },
});

async function digestOf(client: ECRClient, region: string, image: string): Promise<string | null> {
  const at = image.lastIndexOf('@');
  if (at >= 0) return image.slice(at + 1);
  const reference = ecrImage(image);
  if (reference === undefined || reference.region !== region) return null;
  return describe(client, reference).then(
    (details) => details?.imageDigest ?? null,
    () => null,
  );
}

/** Only what ECR says it does not have is gone: an image of somebody else's registry, or a call that fails, says nothing. */
async function isGone(client: ECRClient, region: string, image: string): Promise<boolean> {
  const reference = ecrImage(image);
  if (reference === undefined || reference.region !== region) return false;
  return describe(client, reference).then(
    () => false,
    (error: unknown) => error instanceof ImageNotFoundException || error instanceof RepositoryNotFoundException,
  );
}

/**
 * What was pushed under the tag or digest: the image's manifest, or the list of manifests where it is for several
 * architectures. ECS notes the same digest: it asks the registry what the tag stands for before it pulls
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html).
 */
async function describe(
  client: ECRClient,
  { registryId, repositoryName, image }: EcrImage,
): Promise<ImageDetail | undefined> {
  const { imageDetails } = await client.send(
    new DescribeImagesCommand({ registryId, repositoryName, imageIds: [image] }),
  );
  return imageDetails?.[0];
}
