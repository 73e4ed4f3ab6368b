import type { Instant } from './time.ts';

/** The image of one container, as its task definition names it; and the digest ECS recorded for it, null where it recorded none. */
export type ContainerImage = { readonly container: string; readonly image: string; readonly digest: string | null };

/** What was deployed. What makes two of them the same is said in docs/decisions/0020-the-same-release.md. */
export type Release = {
  readonly taskDefinition: string;
  /** Of a copy that Paramedic registered: the task definition it is a copy of. */
  readonly copyOf: string | null;
  /** A fingerprint of all that the task definition says but for images and tags; null where it was not read. */
  readonly content: string | null;
  readonly images: readonly ContainerImage[];
};

/**
 * Is the task definition there? An inactive one can only be copied; one that is gone cannot be read any more. An old one is not
 * even asked for.
 */
export type DefinitionStatus = 'active' | 'inactive' | 'gone' | 'not-asked';

/**
 * One service deployment, as far as releases go: the model's `DeploymentFact` has this shape, and the contract imports
 * nothing. Lists are newest first.
 */
export type ReleaseDeployment = Release & {
  readonly id: string;
  readonly status: string;
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
  readonly definition: DefinitionStatus;
  readonly rolledBackTo: string | null;
};

const underWay: readonly string[] = ['pending', 'in-progress', 'rolling-back'];

/** Is the deployment still changing tasks? */
export const isUnderWay = (deployment: { readonly status: string }): boolean => underWay.includes(deployment.status);

/** The same images by their digests, which ECS recorded for the same containers of both. */
export function sameDigests(a: Release, b: Release): boolean {
  const digests = ({ images }: Release) =>
    images
      .flatMap(({ container, digest }) => (digest === null ? [] : [`${container} ${digest}`]))
      .sort()
      .join();
  return digests(a) !== '' && digests(a) === digests(b);
}

/** The same task definition, and the same image in each container. */
export const sameRelease = (a: Release, b: Release): boolean => sameDefinition(a, b) && sameImages(a, b);

/** One and the same, a copy of it, or one that says the same: deployment tools register what did not change anew. */
const sameDefinition = (a: Release, b: Release): boolean =>
  originOf(a) === originOf(b) || (a.content !== null && a.content === b.content);

const originOf = ({ taskDefinition, copyOf }: Release): string => copyOf ?? taskDefinition;

/**
 * Containers that only one of them lists say nothing: ECS records none of those it injects itself. Where no digest is recorded,
 * the task definition decides.
 */
function sameImages(a: Release, b: Release): boolean {
  const sameOrigin = originOf(a) === originOf(b);
  return a.images.every(({ container, image, digest }) => {
    const other = b.images.find((each) => each.container === container);
    if (other === undefined) return true;
    return digest === null || other.digest === null ? sameOrigin || image === other.image : digest === other.digest;
  });
}

/** What is known of a task that has to do with its release. */
type TaskRelease = {
  readonly taskDefinition: string;
  readonly containers: readonly { readonly container: string; readonly digest: string | null }[];
};

/** Does the task run what the deployment brought? */
export function runs(task: TaskRelease, deployment: Release, deployments: readonly Release[]): boolean {
  const { taskDefinition } = task;
  const known = deployments.find((each) => each.taskDefinition === taskDefinition);
  const images = task.containers.map(({ container, digest }): ContainerImage => {
    const named = known?.images.find((each) => each.container === container)?.image ?? '';
    return { container, image: named, digest };
  });
  const { copyOf, content } = known ?? { copyOf: null, content: null };
  return sameRelease({ taskDefinition, copyOf, content, images }, deployment);
}

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
