import type { Instant } from './time.ts';

/** What was deployed: a task definition and the digests its images had, sorted. */
export type Release = { readonly taskDefinition: string; readonly digests: readonly string[] };

/**
 * One service deployment, as far as releases go: the model's `DeploymentFact` has this shape, and the contract imports
 * nothing. Lists are newest first.
 */
export type ReleaseDeployment = Release & {
  readonly id: string;
  readonly status: string;
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
  readonly taskDefinitionActive: boolean;
  readonly images: readonly { readonly image: string; readonly digest: string | null }[];
  readonly rolledBackTo: string | null;
};

const underWay: readonly string[] = ['pending', 'in-progress', 'rolling-back'];

/** Is the deployment still changing tasks? */
export const isUnderWay = (deployment: { readonly status: string }): boolean => underWay.includes(deployment.status);

/** Images named by digest are what they are; a tag may be moved. */
export const isByDigest = (image: string): boolean => image.includes('@sha256:');

/** Does each image reference, resolved today, still bring the digest that was recorded? False when it cannot be told. */
export const imagesUnmoved = (
  images: ReleaseDeployment['images'],
  resolves: Readonly<Record<string, string | null>>,
): boolean =>
  images.length > 0 &&
  images.every(({ image, digest }) => isByDigest(image) || (digest !== null && resolves[image] === digest));

/** False where no digests are recorded. */
export const sameDigests = (a: Release, b: Release): boolean =>
  a.digests.length > 0 && a.digests.length === b.digests.length && a.digests.every((d, i) => d === b.digests[i]);

/** The digests decide; only where one of the two has none recorded, the task definition does. */
export const sameRelease = (a: Release, b: Release): boolean =>
  a.digests.length > 0 && b.digests.length > 0 ? sameDigests(a, b) : a.taskDefinition === b.taskDefinition;

/**
 * The deployment whose release serves when nothing is under way: the newest successful one, or the one that was gone back
 * to. `undefined` when it cannot be told, as after a deployment that failed half-way.
 */
export function runningDeployment<D extends ReleaseDeployment>(deployments: readonly D[]): D | undefined {
  const [newest, ...older] = deployments;
  if (newest?.status === 'successful') return newest;
  if (newest?.status !== 'rolled-back') return undefined;
  return older.find((d) => d.status === 'successful' && d.taskDefinition === newest.rolledBackTo);
}

/**
 * What served before this deployment, and where AWS goes when it is stopped and rolled back. Deployments that were rolled
 * back in between were never successful.
 */
export const deploymentBefore = <D extends ReleaseDeployment>(
  deployment: D,
  deployments: readonly D[],
): D | undefined => deployments.find((d) => d.startedAt < deployment.startedAt && d.status === 'successful');
