/** An image in Amazon ECR, by tag or by digest. */
export type EcrImage = {
  readonly registryId: string;
  readonly region: string;
  readonly repositoryName: string;
  readonly image: { readonly imageTag: string } | { readonly imageDigest: string };
};

/** `123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/shop:42` or `...@sha256:1f...`, or its dual-stack and FIPS forms. */
const pattern =
  /^(?<registryId>\d{12})\.dkr[.-]ecr(?:-fips)?\.(?<region>[a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws)\/(?<repositoryName>[a-z0-9._/-]+?)(?::(?<imageTag>[\w.-]{1,128}))?(?:@(?<imageDigest>sha256:[0-9a-f]{64}))?$/;

/**
 * Reads a reference apart; `undefined` when it is not one of Amazon ECR. No tag means `latest`, as for every registry; a digest
 * counts more than a tag beside it.
 */
export function ecrImage(image: string): EcrImage | undefined {
  const { registryId, region, repositoryName, imageTag = 'latest', imageDigest } = pattern.exec(image)?.groups ?? {};
  if (registryId === undefined || region === undefined || repositoryName === undefined) return undefined;
  return { registryId, region, repositoryName, image: imageDigest === undefined ? { imageTag } : { imageDigest } };
}
