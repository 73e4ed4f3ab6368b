import { everyGuardRead, type GuardRead } from '../../contract/permissions.ts';
import type { ContainerImage } from '../../contract/releases.ts';
import type { ServiceSettings } from '../../contract/settings.ts';
import { type ImagesNow, isByDigest, pinned, stillTagged } from '../../contract/ways-back.ts';
import type { Controls } from '../../model/controls.ts';
import type { DeploymentFact, Standing, TargetFact } from '../../model/facts.ts';
import type { LookPorts } from '../../ports/ports.ts';

/** How many earlier releases have their images resolved: the running one and those a rollback may go to. */
const releasesResolved = 5;

/**
 * Reads what is there, and whether a person has paused us. Called on every lap, and again before every change.
 * Rejects when the targets or the service cannot be read; everything else is answered as "cannot tell", and so is what is
 * not among `reads`.
 */
export async function look(
  ports: LookPorts,
  settings: ServiceSettings,
  reads: readonly GuardRead[] = everyGuardRead,
): Promise<{ readonly standing: Standing; readonly controls: Controls }> {
  const told = <T>(read: GuardRead, ask: () => Promise<T>): Promise<T | null> =>
    reads.includes(read) ? ask().catch(() => null) : Promise.resolve(null);
  const [targets, { service, images, protection }, routing, stack, scaling, listeners, controls] = await Promise.all([
    ports.targets.health(settings),
    describe(ports, settings, reads),
    told('routing', () => ports.routing.groups(settings)),
    told('stacks', () => ports.stacks.status(settings)),
    told('scaling', () => ports.scaling.activities(settings)),
    ports.audience.confirmed(settings.topic).catch(() => null),
    ports.controls
      .read(settings.id)
      .catch((error: unknown): Controls => ({ kind: 'unreadable', because: sayOf(error) })),
  ]);
  const standing: Standing = {
    ...service,
    targets: settings.senses.includes('anomaly-detection') ? targets : targets.map(withoutAnomaly),
    ...images,
    listeners,
    routing,
    protection,
    stack,
    scaling,
    // After the reads: every fact is at most this old, and none is younger.
    at: ports.clock.now(),
  };
  return { standing, controls };
}

async function describe(ports: LookPorts, settings: ServiceSettings, reads: readonly GuardRead[]) {
  const service = await ports.services.describe(settings);
  const tasks = service.tasks.filter(({ status }) => status === 'running').map(({ task }) => task);
  const [images, protection] = await Promise.all([
    lookAtImages(ports, imagesOf(service.deployments)),
    reads.includes('protection') && tasks.length > 0 ? ports.protection.of(settings, tasks).catch(() => ({})) : {},
  ]);
  return { service, images, protection };
}

/** Images of the newest release, whatever became of it, and of the newest ones that succeeded. */
function imagesOf(deployments: readonly DeploymentFact[]): readonly ContainerImage[] {
  const successful = deployments.filter((deployment) => deployment.status === 'successful').slice(0, releasesResolved);
  return [...deployments.slice(0, 1), ...successful].flatMap((deployment) => deployment.images);
}

/** What their tags stand for; and whether those that no tag brings any more are there. */
async function lookAtImages(ports: LookPorts, images: readonly ContainerImage[]): Promise<ImagesNow> {
  const resolves = await resolve(ports, [...new Set(images.map(({ image }) => image))]);
  const byDigest = images.flatMap((each) =>
    each.digest === null || stillTagged(each, { resolves }) ? [] : [pinned(each.image, each.digest)],
  );
  const imagesGone = byDigest.length === 0 ? [] : await ports.images.gone([...new Set(byDigest)]).catch(() => []);
  return { resolves, imagesGone };
}

/** A digest never moves, so only tags are asked for. */
async function resolve(ports: LookPorts, images: readonly string[]): Promise<Standing['resolves']> {
  const pinned = images.filter(isByDigest).map((image) => [image, image.slice(image.indexOf('@') + 1)] as const);
  const tagged = images.filter((image) => !isByDigest(image));
  const answered = tagged.length === 0 ? {} : await ports.images.resolve(tagged).catch(() => ({}));
  const unresolved = tagged.map((image) => [image, null] as const);
  return { ...Object.fromEntries([...pinned, ...unresolved]), ...answered };
}

const withoutAnomaly = (target: TargetFact): TargetFact => ({ ...target, anomaly: null });

const sayOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
