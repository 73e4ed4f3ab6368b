import type { ReasonCode } from './reasons.ts';
import type { ContainerImage, ReleaseDeployment } from './releases.ts';
import { shortName } from './short-name.ts';

// How a service can be brought to what an earlier deployment brought: its task definition may be there no more, and its tags
// may stand for other images by now.

/** What is known of images: what each reference resolves to now, and which of those named by digest are gone. */
export type ImagesNow = {
  readonly resolves: Readonly<Record<string, string | null>>;
  readonly imagesGone: readonly string[];
};

/** `unpinned` are containers for which ECS has recorded no digest: they start from whatever their tag stands for. */
export type Route =
  | { readonly kind: 'as-it-is'; readonly unpinned: readonly string[] }
  | {
      readonly kind: 'copy';
      /** Why its own task definition will not do, to stand after "since". */
      readonly because: string;
      /** Container → digest. */
      readonly pins: Readonly<Record<string, string>>;
      readonly unpinned: readonly string[];
    }
  | { readonly kind: 'none'; readonly reason: ReasonCode; readonly says: string };

/** Images named by digest are what they are; a tag may be moved. */
export const isByDigest = (image: string): boolean => image.includes('@sha256:');

/** The image by its digest: `shop:42` and `sha256:1f...` are `shop@sha256:1f...`. A colon before the last slash begins a port. */
export function pinned(image: string, digest: string): string {
  const named = image.split('@')[0] ?? image;
  const tag = named.indexOf(':', named.lastIndexOf('/') + 1);
  return `${tag < 0 ? named : named.slice(0, tag)}@${digest}`;
}

/** Enough of a digest for people to find the image by. */
const shortDigest = (digest: string): string => digest.slice(0, 'sha256:'.length + 12);

/** Is it known without asking further that the image is there, since its tag still brings it? */
export const stillTagged = ({ image, digest }: ContainerImage, { resolves }: Pick<ImagesNow, 'resolves'>): boolean =>
  !isByDigest(image) && digest !== null && resolves[image] === digest;

/**
 * ECS refuses to update a service to an inactive task definition, which it still describes for a while, and resolves tags anew
 * with each update: a copy with its images named by digest answers both
 * (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeregisterTaskDefinition.html,
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html).
 */
export function routeTo(release: ReleaseDeployment, now: ImagesNow): Route {
  const name = shortName(release.taskDefinition);
  if (release.definition === 'gone')
    return none('release.not-described', `The task definition ${name} is gone: AWS does not describe it any more.`);
  if (release.definition === 'not-asked')
    return none('release.not-described', `${name} is too old: its task definition was not looked at.`);
  const gone = release.images.find((image) => isGone(image, now));
  if (gone !== undefined) {
    const image = pinned(gone.image, shortDigest(gone.digest ?? ''));
    return none(
      'release.image-gone',
      `The image ${image} of ${name} (container ${gone.container}) is gone from its repository.`,
    );
  }
  const unpinned = release.images.filter(({ image, digest }) => digest === null && !isByDigest(image));
  const because = release.definition === 'inactive' ? `${name} is not active any more` : movedTag(release, now);
  const route = { unpinned: unpinned.map(({ container }) => container) };
  return because === undefined
    ? { kind: 'as-it-is', ...route }
    : { kind: 'copy', because, pins: pinsOf(release), ...route };
}

const none = (reason: ReasonCode, says: string): Route => ({ kind: 'none', reason, says });

const isGone = ({ image, digest }: ContainerImage, { imagesGone }: ImagesNow): boolean =>
  digest !== null && imagesGone.includes(pinned(image, digest));

/** A tag that stands for another image, or of which that cannot be told; a sentence without its end. */
function movedTag({ images }: ReleaseDeployment, now: ImagesNow): string | undefined {
  for (const each of images) {
    if (each.digest === null || isByDigest(each.image) || stillTagged(each, now)) continue;
    return (now.resolves[each.image] ?? null) === null
      ? `what ${each.image} stands for now cannot be told`
      : `${each.image} stands for another image now`;
  }
  return undefined;
}

const pinsOf = ({ images }: ReleaseDeployment): Readonly<Record<string, string>> =>
  Object.fromEntries(images.flatMap(({ container, digest }) => (digest === null ? [] : [[container, digest]])));
