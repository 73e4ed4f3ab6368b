import { imagesUnmoved, type Release, type ReleaseDeployment, sameDigests, sameRelease } from './releases.ts';
import type { ServiceSettings } from './settings.ts';
import { type Duration, type Instant, inMillis } from './time.ts';

// The action that goes back to a release and the guardrail that checks it must not disagree about what is known to be good,
// and neither may import the other.

type Span = { readonly from: Instant; readonly until: Instant };
type IncidentSpan = { readonly id: string; readonly openedAt: Instant; readonly closedAt: Instant | null };

/** All that decides about releases; what an action and a guardrail are given has this shape. */
export type ReleaseCase = {
  readonly settings: Pick<ServiceSettings, 'diagnosis'>;
  readonly standing: {
    readonly at: Instant;
    readonly deployments: readonly ReleaseDeployment[];
    readonly resolves: Readonly<Record<string, string | null>>;
  };
  readonly history: {
    readonly incidents: readonly IncidentSpan[];
    readonly condemned: readonly (Release & { readonly incident: string; readonly at: Instant })[];
  };
};

/** When the release that a deployment brings was condemned before that deployment began: it has come again. */
export const condemnedBefore = <C extends Release & { readonly at: Instant }>(
  deployment: Release & { readonly startedAt: Instant },
  condemned: readonly C[],
): C | undefined => condemned.find((c) => c.at < deployment.startedAt && sameRelease(c, deployment));

/**
 * Deployments whose releases are known to be good, newest first: successful; afterwards in service for
 * `diagnosis.knownGoodAfter` on end with no incident open; never condemned; task definition still active.
 */
export const knownGood = (given: ReleaseCase): readonly ReleaseDeployment[] =>
  given.standing.deployments.filter(
    (d) => d.status === 'successful' && d.taskDefinitionActive && !isCondemned(d, given) && hasProvenItself(d, given),
  );

/**
 * Where an UpdateService may lead away from `bad`, newest first: known good, another task definition and other digests, and
 * its tags still bring the same images, since UpdateService resolves them anew
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html).
 */
export const waysAwayFrom = (bad: Release, given: ReleaseCase): readonly ReleaseDeployment[] =>
  knownGood(given).filter(
    (d) =>
      d.taskDefinition !== bad.taskDefinition &&
      !sameDigests(d, bad) &&
      imagesUnmoved(d.images, given.standing.resolves),
  );

const isOpen = (incident: string, incidents: readonly IncidentSpan[]): boolean =>
  incidents.some((i) => i.id === incident && i.closedAt === null);

/**
 * A condemned task definition stays condemned, and so do its images; but for images condemned in the open incident: a
 * release that changed only its configuration has those of the release before it, where AWS rolls back to.
 */
function isCondemned(release: Release, { history }: ReleaseCase): boolean {
  return history.condemned.some(
    (c) =>
      c.taskDefinition === release.taskDefinition ||
      (!isOpen(c.incident, history.incidents) && sameDigests(c, release)),
  );
}

function hasProvenItself(deployment: ReleaseDeployment, { settings, standing, history }: ReleaseCase): boolean {
  const incidents = history.incidents.map((i): Span => ({ from: i.openedAt, until: i.closedAt ?? standing.at }));
  return servingSpans(deployment, standing.deployments, standing.at).some((span) =>
    hasQuiet(span, incidents, settings.diagnosis.knownGoodAfter),
  );
}

/** From the end of the deployment to the start of the next one; again after each roll-back to it. */
function servingSpans(
  served: ReleaseDeployment,
  deployments: readonly ReleaseDeployment[],
  now: Instant,
): readonly Span[] {
  return deployments.flatMap((d, i) => {
    const broughtBack =
      d.status === 'rolled-back' && d.rolledBackTo === served.taskDefinition && d.startedAt > served.startedAt;
    if ((d !== served && !broughtBack) || d.finishedAt === null) return [];
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
