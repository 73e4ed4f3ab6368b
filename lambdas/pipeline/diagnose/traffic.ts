import type { Evidence } from '../../model/evidence.ts';
import type { Case } from './hypothesis.ts';
import { mean, median } from './statistics.ts';
import { minuteStart, minutesBetween, type Trouble } from './trouble.ts';
import { figure } from './wording.ts';

/** From this many times the usual traffic on, overload is likelier than anything else. */
const roseFrom = 1.5;
/** Minutes before the trouble that make the usual level; those right before it may be rising already. */
const usual = { from: 33, until: 3 } as const;
/** Fewer usual minutes than this make no level. */
const fewestUsual = 5;

/** Did far more requests come than before the trouble? */
export function trafficRose({ symptoms }: Case, trouble: Trouble): Extract<Evidence, { kind: 'TrafficRose' }> | null {
  if (trouble.began === null) return null;
  const minute = 60_000;
  const before = requestsIn(symptoms, trouble.began - usual.from * minute, trouble.began - usual.until * minute);
  const since = requestsIn(symptoms, trouble.began, symptoms.until);
  const [was, is] = [median(before), median(since)];
  if (was === null || is === null || before.length < fewestUsual || was === 0 || is / was < roseFrom) return null;
  const factor = Math.round((is / was) * 10) / 10;
  const says = `Traffic rose ${factor}-fold: ${figure(is)} requests a minute${perTarget(symptoms, is)}, ${figure(was)} before the trouble.`;
  return { kind: 'TrafficRose', source: 'metrics', at: symptoms.until, factor, says };
}

/** Requests of all target groups, for each minute that begins within [from, until) and has any. */
function requestsIn(symptoms: Case['symptoms'], from: number, until: number): readonly number[] {
  return minutesBetween(symptoms, from, until)
    .map((minute) => symptoms.groups.reduce((sum, { series }) => sum + (series.requests?.[minute] ?? 0), 0))
    .filter((requests) => requests > 0);
}

function perTarget(symptoms: Case['symptoms'], requests: number): string {
  const hosts = symptoms.groups.map(({ series }) => series.healthyHosts?.findLast((value) => value !== null) ?? 0);
  const healthy = Math.max(0, ...hosts);
  return healthy > 0 ? ` (${figure(requests / healthy)} per healthy target)` : '';
}

/**
 * Are most of the failed requests ones that a target answered with an error? Null when there are none. The load balancer's
 * comparison of targets sees only those: a request that is never answered counts for nobody
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html).
 */
export function errorsAreAnswered({ symptoms }: Case, trouble: Trouble): boolean | null {
  if (trouble.began === null) return null;
  const minutes = minutesBetween(symptoms, trouble.began, symptoms.until).filter(
    (minute) => minuteStart(symptoms, minute) >= symptoms.until - 5 * 60_000,
  );
  const made = minutes.map((minute) => makeUp(symptoms, minute));
  const [answered, unanswered] = [mean(made.map((each) => each.answered)), mean(made.map((each) => each.unanswered))];
  if (answered === null || unanswered === null || answered + unanswered === 0) return null;
  return answered >= unanswered;
}

function makeUp(symptoms: Case['symptoms'], minute: number) {
  const total = (name: 'requests' | 'target2xx' | 'target3xx' | 'target4xx' | 'target5xx' | 'connectionErrors') =>
    symptoms.groups.reduce((sum, { series }) => sum + (series[name]?.[minute] ?? 0), 0);
  const answers = total('target2xx') + total('target3xx') + total('target4xx') + total('target5xx');
  return {
    answered: total('target5xx') + total('connectionErrors'),
    unanswered: Math.max(0, total('requests') - answers - total('connectionErrors')),
  };
}
