import { DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import type { Images } from '../ports/sight.ts';
import { isNamed, needed } from './answers.ts';
import { reading } from './clients.ts';
import { ecrImage } from './image-reference.ts';

/** What image references resolve to now. References by digest resolve to themselves; other registries are not asked. */
export const awsImages = (client = new ECRClient(reading)): Images => ({
  resolve: async (images) => {
    const region = await client.config.region();
    const digests = await Promise.all(
      [...new Set(images)].map(async (image) => [image, await digestOf(client, region, image)]),
    );
    return Object.fromEntries(digests);
  },
});

async function digestOf(client: ECRClient, region: string, image: string): Promise<string | null> {
  const at = image.lastIndexOf('@');
  if (at >= 0) return image.slice(at + 1);
  const reference = ecrImage(image);
  if (reference === undefined || reference.region !== region) return null;
  const { registryId, repositoryName, imageTag } = reference;
  try {
    const answer = await client.send(
      new DescribeImagesCommand({ registryId, repositoryName, imageIds: [{ imageTag }] }),
    );
    return needed(answer.imageDetails?.[0]?.imageDigest, 'DescribeImages', `imageDetails[0].imageDigest of ${image}`);
  } catch (error) {
    if (isNamed(error, ...cannotTell)) return null;
    throw error;
  }
}

/** The tag is gone, or the image is somebody else's: what it resolves to cannot be told. */
const cannotTell = ['ImageNotFoundException', 'RepositoryNotFoundException', 'AccessDeniedException'] as const;
