import type { ReasonCode } from './reasons.ts';
import { type Release, type ReleaseDeployment, sameDigests, sameRelease } from './releases.ts';
import type { ServiceSettings } from './settings.ts';
import { shortName } from './short-name.ts';
import { inWords } from './text.ts';
import { type Duration, type Instant, inMillis } from './time.ts';
import { type ImagesNow, type Route, routeTo } from './ways-back.ts';

// The action that goes back to a release and the guardrail that checks it must not disagree about what is known to be good,
// and neither may import the other.

type Span = { readonly from: Instant; readonly until: Instant };
type IncidentSpan = { readonly id: string; readonly openedAt: Instant; readonly closedAt: Instant | null };

/** A release that was found bad, and what it had changed: with its images, these are bad in any configuration. */
export type Condemned = Release & { readonly changed: 'images' | 'configuration' };

/** All that decides about releases; what an action and a guardrail are given has this shape. */
export type ReleaseCase<D extends ReleaseDeployment = ReleaseDeployment> = {
  readonly settings: Pick<ServiceSettings, 'diagnosis'>;
  readonly standing: ImagesNow & { readonly at: Instant; readonly deployments: readonly D[] };
  readonly history: {
    readonly incidents: readonly IncidentSpan[];
    readonly condemned: readonly (Condemned & { readonly incident: string; readonly at: Instant })[];
  };
};

/** Is it the release that was found bad, or does it bring the images that were? */
export const condemns = (condemned: Condemned, release: Release): boolean =>
  sameRelease(condemned, release) || (condemned.changed === 'images' && sameDigests(condemned, release));

/** When the release that a deployment brings was condemned before that deployment began: it has come again. */
export const condemnedBefore = <C extends Condemned & { readonly at: Instant }>(
  deployment: Release & { readonly startedAt: Instant },
  condemned: readonly C[],
): C | undefined => condemned.find((c) => c.at < deployment.startedAt && condemns(c, deployment));

/**
 * Deployments whose releases are known to be good, newest first: successful; afterwards in service for
 * `diagnosis.knownGoodAfter` on end with no incident open; never condemned; the task definition still described.
 */
export const knownGood = <D extends ReleaseDeployment>(given: ReleaseCase<D>): readonly D[] =>
  given.standing.deployments.filter((d) => d.status === 'successful' && isDescribed(d) && flawOf(d, given) === null);

/** One release that a service could go back to, and how. */
export type WayBack<D extends ReleaseDeployment> = {
  readonly to: D;
  readonly route: Exclude<Route, { readonly kind: 'none' }>;
};

/** Why an earlier release is no way back; one sentence for people. */
export type NoWayBack = { readonly reason: ReasonCode; readonly says: string };

/**
 * Where an UpdateService may lead away from `bad`, newest first: another release that is known to be good, and there to go back
 * to. And why the others are not: each release once, newest first.
 */
export function waysAwayFrom<D extends ReleaseDeployment>(
  bad: Release,
  given: ReleaseCase<D>,
): { readonly ways: readonly WayBack<D>[]; readonly closed: readonly NoWayBack[] } {
  const others = given.standing.deployments.filter((d) => d.status === 'successful' && !sameRelease(d, bad));
  const ways: WayBack<D>[] = [];
  const closed = new Map<string, NoWayBack>();
  for (const to of others) {
    const flaw = flawOf(to, given);
    const route = routeTo(to, given.standing);
    if (flaw === null && route.kind !== 'none') ways.push({ to, route });
    else if (flaw !== null) closed.set(to.taskDefinition, { reason: 'release.not-known-good', says: flaw });
    else if (route.kind === 'none') closed.set(to.taskDefinition, { reason: route.reason, says: route.says });
  }
  return { ways, closed: [...closed.values()] };
}

const isDescribed = ({ definition }: ReleaseDeployment): boolean =>
  definition === 'active' || definition === 'inactive';

/** Why a release is not known to be good; null when it is. */
function flawOf(release: ReleaseDeployment, given: ReleaseCase): string | null {
  const name = shortName(release.taskDefinition);
  const condemned = given.history.condemned.find((c) => condemns(c, release));
  if (condemned !== undefined) return `${name} was found bad in the incident ${condemned.incident}.`;
  if (hasProvenItself(release, given)) return null;
  const { knownGoodAfter } = given.settings.diagnosis;
  return `${name} has not served for ${inWords(knownGoodAfter)} without an incident.`;
}

function hasProvenItself(release: Release, { settings, standing, history }: ReleaseCase): boolean {
  const incidents = history.incidents.map((i): Span => ({ from: i.openedAt, until: i.closedAt ?? standing.at }));
  return servingSpans(release, standing.deployments, standing.at).some((span) =>
    hasQuiet(span, incidents, settings.diagnosis.knownGoodAfter),
  );
}

/** From the end of each deployment of the release to the start of the next one; again after each roll-back to it. */
function servingSpans(release: Release, deployments: readonly ReleaseDeployment[], now: Instant): readonly Span[] {
  const isIt = (taskDefinition: string | null): boolean =>
    deployments.some((d) => d.taskDefinition === taskDefinition && sameRelease(d, release));
  return deployments.flatMap((d, i) => {
    const brought = d.status === 'successful' && sameRelease(d, release);
    const broughtBack = d.status === 'rolled-back' && isIt(d.rolledBackTo);
    if (!(brought || broughtBack) || d.finishedAt === null) return [];
    return [{ from: d.finishedAt, until: deployments[i - 1]?.startedAt ?? now }];
  });
}

/** Is there a stretch of at least `length` within the span that no incident touches? */
function hasQuiet(span: Span, incidents: readonly Span[], length: Duration): boolean {
  let from = span.from;
  for (const incident of [...incidents].sort((a, b) => a.from - b.from)) {
    if (Math.min(incident.from, span.until) - from >= inMillis(length)) return true;
    from = Math.max(from, incident.until);
  }
  return span.until - from >= inMillis(length);
}
