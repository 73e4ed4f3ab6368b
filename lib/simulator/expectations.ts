import type { ActionKind } from '../../lambdas/contract/names.ts';
import type { Expectations } from './expectation-schema.ts';
import type { RunResult } from './result.ts';

/** What expectations are held against. */
export type Shown = Pick<
  RunResult,
  | 'outcome'
  | 'incidents'
  | 'actions'
  | 'notifications'
  | 'troubleAt'
  | 'detectedAt'
  | 'mitigatedAt'
  | 'toldAt'
  | 'handedOverAt'
  | 'requests'
  | 'inService'
  | 'wellTasksOut'
  | 'condemned'
>;

const list = (values: readonly (string | number)[]): string => (values.length === 0 ? 'none' : values.join(', '));
const either = (values: readonly string[]): string => values.join(' or ');

/** Seconds as people say them. */
export function wordedSeconds(seconds: number): string {
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes === 0) return `${whole} s`;
  return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`;
}

/** What was done to the world; where the mode withheld it, what would have been. */
export const doneOrWithheld = (shown: Pick<Shown, 'actions'>): readonly ActionKind[] =>
  shown.actions
    .filter(({ enforced, reason, verdict }) => enforced || (reason !== null && verdict === 'allow'))
    .map(({ kind }) => kind);

function timeFailure(
  what: string,
  within: number | undefined,
  took: number | null,
  troubleAt: number | null,
): string[] {
  if (within === undefined) return [];
  const wanted = `wanted within ${wordedSeconds(within / 1000)}`;
  if (troubleAt === null) return [`${what}: ${wanted}, but the true traffic never left the thresholds.`];
  if (took === null) return [`${what}: ${wanted}, but it never was.`];
  return took * 1000 <= within ? [] : [`${what}: ${wanted}, but it took ${wordedSeconds(took)}.`];
}

function oneOf(what: string, wanted: readonly string[] | undefined, got: string | null): string[] {
  if (wanted === undefined || (got !== null && wanted.includes(got))) return [];
  return [`${what}: wanted ${either(wanted)}, got ${got ?? 'none'}.`];
}

function actionFailures(expect: Expectations, shown: Shown): string[] {
  const done = doneOrWithheld(shown);
  const ordered = shown.actions.filter((action) => action.ordered).map(({ kind }) => kind);
  const { actions, never } = expect;
  const differ = actions !== undefined && list(actions) !== list(done);
  const forbidden = (never ?? []).filter((kind) => done.includes(kind));
  return [
    ...(differ ? [`Actions: wanted ${list(actions)}, got ${list(done)}.`] : []),
    ...(expect.ordered !== undefined && list(expect.ordered) !== list(ordered)
      ? [`Orders: wanted ${list(expect.ordered)}, got ${list(ordered)}.`]
      : []),
    ...forbidden.map((kind) => `Actions: ${kind} was never to be done, but it was.`),
  ];
}

function messageFailures(expect: Expectations, { notifications }: Shown): string[] {
  const last = notifications.at(-1);
  const text = last ? `${last.subject}\n${last.body}` : '';
  const { says = [], messagesAtMost } = expect;
  const tooMany = messagesAtMost !== undefined && notifications.length > messagesAtMost;
  return [
    ...says.filter((words) => !text.includes(words)).map((words) => `Messages: the last one does not say "${words}".`),
    ...(tooMany ? [`Messages: wanted at most ${messagesAtMost}, got ${notifications.length}.`] : []),
  ];
}

function toldFailure({ toldWithin }: Expectations, { toldAt }: Shown): string[] {
  if (toldWithin === undefined) return [];
  const wanted = `Told: wanted within ${wordedSeconds(toldWithin / 1000)}`;
  if (toldAt === null) return [`${wanted}, but nobody was.`];
  return toldAt * 1000 <= toldWithin ? [] : [`${wanted}, but it took ${wordedSeconds(toldAt)}.`];
}

/** What the run left behind: for users, for tasks, for releases. */
function worldFailures(expect: Expectations, shown: Shown): string[] {
  const { total, bad } = shown.requests;
  const percent = (share: number): string => `${Number((100 * share).toFixed(2))} %`;
  const { badShare, wellTasksOut, condemned, inService = {} } = expect;
  const [wanted, got] = [[...(condemned ?? [])].sort(), [...shown.condemned].sort()];
  return [
    ...(badShare !== undefined && bad > badShare * total
      ? [`Requests: wanted at most ${percent(badShare)} bad, got ${percent(bad / total)}.`]
      : []),
    ...(wellTasksOut !== undefined && shown.wellTasksOut > wellTasksOut
      ? [`Tasks: wanted at most ${wellTasksOut} well ones out, got ${shown.wellTasksOut}.`]
      : []),
    ...(condemned !== undefined && list(wanted) !== list(got)
      ? [`Condemned releases: wanted ${list(wanted)}, got ${list(got)}.`]
      : []),
    ...Object.entries(inService)
      .filter(([service, release]) => shown.inService[service] !== release)
      .map(([service, release]) => {
        const runs = shown.inService[service] ?? 'none';
        return `In service: wanted ${release ?? 'none'} of ${service}, got ${runs}.`;
      }),
  ];
}

/** One sentence for each expectation that is not met. */
export function unmet(expect: Expectations, shown: Shown): readonly string[] {
  const { incidents, troubleAt } = shown;
  const { incidents: wanted, reason } = expect;
  const count = wanted !== undefined && wanted !== incidents.length;
  const handedOver = incidents.find(({ outcome }) => outcome === 'handed-over');
  return [
    ...oneOf('Outcome', expect.outcome, shown.outcome),
    ...oneOf('Diagnosis', expect.diagnosis, incidents[0]?.diagnosis ?? null),
    ...(count ? [`Incidents: wanted ${wanted}, got ${incidents.length}.`] : []),
    ...timeFailure('Detected', expect.detectedWithin, shown.detectedAt, troubleAt),
    ...timeFailure('Mitigated', expect.mitigatedWithin, shown.mitigatedAt, troubleAt),
    ...toldFailure(expect, shown),
    ...timeFailure('Handed over', expect.handedOverWithin, shown.handedOverAt, troubleAt),
    ...actionFailures(expect, shown),
    ...worldFailures(expect, shown),
    ...oneOf('Reason of the hand-over', reason, handedOver?.reason ?? null),
    ...messageFailures(expect, shown),
  ];
}
