import { NotDone } from '../../contract/not-done.ts';
import { shortName } from '../../contract/short-name.ts';
import { type Route, routeTo } from '../../contract/ways-back.ts';
import type { DeploymentFact, ServiceRef, Standing } from '../../model/facts.ts';
import type { Drift, OrderRef } from '../../model/order.ts';
import type { Changes } from '../../ports/changes.ts';

type Change = Pick<Changes, 'registerTaskDefinition' | 'updateService'>;
type Copy = Extract<Route, { readonly kind: 'copy' }>;

/** Updates the service to what a deployment brought: to its task definition, or to a copy where that will not do. */
export async function bringRelease(
  service: ServiceRef,
  release: DeploymentFact | undefined,
  change: Change,
  standing: Standing,
  order: OrderRef,
): Promise<void> {
  if (release === undefined) throw new NotDone('AWS does not list the release any more.');
  const route = routeTo(release, standing);
  if (route.kind === 'none') throw new NotDone(route.says);
  if (route.kind === 'as-it-is') await change.updateService(service, release.taskDefinition);
  else await bringCopy(service, release, route, change, order);
}

/**
 * Two calls, of which the first changes nothing that runs. It is written down where it happens: the copy's tags name the order,
 * and whoever is to make a copy for the same incident again takes this one.
 */
export async function bringCopy(
  service: ServiceRef,
  { taskDefinition, copyOf }: DeploymentFact,
  { pins }: Pick<Copy, 'pins'>,
  change: Change,
  order: OrderRef,
): Promise<void> {
  const original = copyOf ?? taskDefinition;
  const copy = await change.registerTaskDefinition({ of: taskDefinition, original, pins, for: order });
  try {
    await change.updateService(service, copy);
  } catch (error) {
    if (!(error instanceof NotDone)) throw error;
    const left = `${shortName(copy)}, a copy of ${shortName(original)}, was registered for it and is the newest revision of its family.`;
    throw new NotDone(`${error.message} ${left}`, { cause: error });
  }
}

/** How it would be done, to stand after a sentence; nothing where nothing is out of the ordinary. */
export function routeInWords(route: Route): string {
  if (route.kind === 'none') return '';
  const tagged =
    route.unpinned.length === 0
      ? ''
      : ` No digest is recorded for ${route.unpinned.join(', ')}: what its tag stands for now is started.`;
  return route.kind === 'copy'
    ? ` A copy of it is registered for that, with its images named by digest, since ${route.because}.${tagged}`
    : tagged;
}

/** What runs by now in place of what is still asked for elsewhere. */
export function driftFrom(asked: string, release: DeploymentFact | undefined, standing: Standing): Drift | undefined {
  const [newest] = standing.deployments;
  if (newest === undefined || release === undefined) return undefined;
  const route = routeTo(release, standing);
  const runs = newest.status.startsWith('roll') ? release : newest;
  return {
    asked,
    runs: runs.taskDefinition,
    copyOf: runs.copyOf,
    unpinned: route.kind === 'none' ? [] : route.unpinned,
  };
}
