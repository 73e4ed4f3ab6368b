import { breaches } from '../contract/alarms/evaluate.ts';
import { watchedAlarms } from '../contract/alarms/watched.ts';
import type { ReasonCode } from '../contract/reasons.ts';
import { deploymentBefore, sameDigests } from '../contract/releases.ts';
import { after, type Instant, metricMinute, nextWholeMinute } from '../contract/time.ts';
import type { Diagnosis } from '../model/diagnosis.ts';
import type { NotApplicable, Proposal, Rung } from '../model/proposal.ts';
import type { Ruling } from '../model/verdict.ts';
import { voidUnlessProposed } from './ask-first.ts';
import { diagnose } from './diagnose/diagnose.ts';
import { ladder } from './follow-rung.ts';
import { whyWithheld } from './guard/withheld.ts';
import type { Lap, Move } from './lap.ts';
import { leave } from './leave.ts';
import { nextRung } from './plan/plan.ts';
import { playbook } from './plan/playbook.ts';
import { ruleOn, treat } from './treat.ts';

/** How late a datapoint comes, at most, as a rule. */
const metricDelay = 75_000;

/** Diagnoses anew, and takes the first rung of its ladder that was not tried. */
export function followDiagnosis(lap: Lap): Move {
  const { settings, seen } = lap;
  const before = lap.state.diagnosis;
  const since = lap.state.diagnosedAt;
  const diagnosis = diagnose({ settings, ...seen, signals: lap.state.signals }, lap.toolkit.hypotheses);
  const { rung, skipped } = nextRung(ladder(lap, diagnosis), lap.state.triedRungs);
  voidUnlessProposed(lap, rung?.key);
  if (stillSettling(lap) && !(diagnosis.kind === 'sick-target' && rung !== undefined)) return lap.wait();

  const same = before !== null && subjectOf(before) === subjectOf(diagnosis);
  if (!same) writeDiagnosis(lap, diagnosis);
  const began = same && since !== null ? since : lap.at;
  if (rung !== undefined) return takeRung(lap, rung);
  return waitFor(lap, diagnosis, same, began) ?? leave(lap, ...whyNothing(lap, diagnosis, skipped));
}

/**
 * Several tasks were found sick, and taking the first out was enough to quiet the alarms: the others go on failing their part
 * of the requests. Where they are still found sick, and nothing forbids it, they are treated before the incident ends.
 */
export function treatTheOthers(lap: Lap): Move | undefined {
  if (lap.state.attempts.at(-1)?.check !== 'helped') return undefined;
  const diagnosis = diagnose(
    { settings: lap.settings, ...lap.seen, signals: lap.state.signals },
    lap.toolkit.hypotheses,
  );
  if (diagnosis.kind !== 'sick-target' || !diagnosis.sick.every(({ task }) => wasFoundSick(lap, task)))
    return undefined;
  const { rung } = nextRung(ladder(lap, diagnosis), lap.state.triedRungs);
  const [first] = rung?.acts ?? [];
  if (rung === undefined || first === undefined || first.kind === 'not-applicable') return undefined;
  return ruleOn(lap, first, rung.key, null).verdict.kind === 'allow' ? followDiagnosis(lap) : undefined;
}

const wasFoundSick = (lap: Lap, task: string): boolean =>
  lap.entries.some(
    (entry) =>
      entry.kind === 'DiagnosisMade' &&
      entry.diagnosis.kind === 'sick-target' &&
      entry.diagnosis.sick.some((sick) => sick.task === task),
  );

/** What a diagnosis is about: a new subject is a new diagnosis, new figures are not. */
function subjectOf(diagnosis: Diagnosis): string {
  switch (diagnosis.kind) {
    case 'sick-target':
      // Of many, others are worst at each look.
      if (diagnosis.count !== undefined) return `${diagnosis.kind} many`;
      return `${diagnosis.kind} ${diagnosis.sick.map((sick) => sick.task).join(' ')}`;
    case 'bad-deployment':
      return `${diagnosis.kind} ${diagnosis.deployment}`;
    case 'aws-is-healing':
      return `${diagnosis.kind} ${diagnosis.what}`;
    case 'shared-cause':
    case 'worn-out':
    case 'undetermined':
      return diagnosis.kind;
  }
}

function writeDiagnosis(lap: Lap, diagnosis: Diagnosis): void {
  lap.write({ ...lap.entry('diagnosis'), kind: 'DiagnosisMade', diagnosis });
  if (diagnosis.kind !== 'bad-deployment') return;
  const { deployments } = lap.seen.standing;
  const bad = deployments.find(({ id }) => id === diagnosis.deployment);
  if (bad === undefined) return;
  const { id: deployment, taskDefinition, copyOf, content, images } = bad;
  const before = deploymentBefore(bad, deployments);
  const changed = before !== undefined && sameDigests(before, bad) ? 'configuration' : 'images';
  const release = { taskDefinition, copyOf, content, images, changed } as const;
  lap.write({ ...lap.entry('condemned'), kind: 'ReleaseCondemned', ...release, deployment });
}

/** After an act that helped, metrics and alarms lag behind: only another sick target is news. */
function stillSettling(lap: Lap): boolean {
  const last = lap.state.attempts.at(-1);
  if (last?.check !== 'helped' || last.order.undoes !== null) return false;
  return lap.at <= after(last.resultAt ?? last.startedAt, lap.settings.timing.verifyWithin);
}

/** Not every diagnosis calls for an act or a person at once. */
function waitFor(lap: Lap, diagnosis: Diagnosis, same: boolean, began: number): Move | undefined {
  const { wait, rungs } = playbook[diagnosis.kind];
  if (isSubsiding(lap)) return lap.wait();
  if (wait !== null)
    return lap.at <= after(Math.max(began, tellableFrom(lap)), lap.settings.timing[wait]) ? lap.wait() : undefined;
  // Nothing to do about it: a second look must say the same before a person is called.
  return rungs.length === 0 && !same ? lap.wait() : undefined;
}

/** A deployment has changed every task: only a whole minute after it shows how the new ones do, and comes a minute late. */
function tellableFrom({ seen: { standing } }: Lap): Instant {
  const finished = standing.deployments.map((deployment) => deployment.finishedAt ?? 0);
  return nextWholeMinute(Math.max(0, ...finished)) + metricMinute + metricDelay;
}

/**
 * The newest minute breaches nothing any more: the alarms only need a few more like it to be OK. A team's own alarm or a
 * composite that fires has no definition here, so that nothing can be said of it.
 */
function isSubsiding({ settings, seen: { symptoms }, state: { signals } }: Lap): boolean {
  if (symptoms.minutes === 0) return false;
  const alarms = watchedAlarms(settings, symptoms);
  const firing = signals.filter((signal) => signal.state === 'firing');
  if (!firing.every((signal) => alarms.some(({ name }) => name === signal.alarm))) return false;
  return alarms.every(({ spec, series }) => !breaches(spec, series, symptoms.minutes - 1));
}

function takeRung(lap: Lap, rung: Rung): Move {
  const acts = rung.acts.filter((act): act is Proposal => act.kind !== 'not-applicable');
  const [first] = acts;
  if (first === undefined) return leave(lap, 'selection.empty');
  const withheld = acts.map((act) => ruleOn(lap, act, rung.key, null)).find(({ bite }) => bite === 'withhold');
  if (withheld !== undefined) return withhold(lap, rung.key, acts, withheld);
  const treated = treat(lap, first, rung.key, { undoes: null }, acts.slice(1));
  if (treated.kind !== 'stopped') return treated;
  // What has changed since the look is looked at again; anything else is for a person.
  return treated.reason === 'world.changed' ? lap.wait() : leave(lap, treated.reason, treated.says);
}

/**
 * Where the mode withholds one act of the rung, every one is judged as if it were its turn, and none is done: half a rung would
 * be worse than none.
 */
function withhold(lap: Lap, rung: string, acts: readonly Proposal[], first: Ruling): Move {
  const why = whyWithheld(first);
  for (const proposal of acts) {
    const ruling = { ...ruleOn(lap, proposal, rung, null), bite: 'withhold', withheldFor: why.reason } as const;
    const kind = ruling.verdict.kind === 'allow' ? 'ActionWithheld' : 'ActionDenied';
    lap.write({ ...lap.entry(`withheld.${proposal.kind}`), kind, proposal, ruling });
  }
  return leave(lap, why.reason, why.says);
}

/** Why nobody but a person can help now: the most telling reason first. */
function whyNothing(lap: Lap, diagnosis: Diagnosis, skipped: readonly NotApplicable[]): [ReasonCode, string] {
  const [first] = skipped;
  if (first !== undefined) return [first.reason, first.because];
  const denied = lap.entries.findLast((entry) => entry.kind === 'ActionDenied');
  if (denied?.kind === 'ActionDenied' && denied.ruling.verdict.kind !== 'allow') {
    return [denied.ruling.verdict.reason, denied.ruling.verdict.says];
  }
  if (lap.state.attempts.some((attempt) => attempt.check === 'no-change')) return ['action.no-change', ''];
  return [playbook[diagnosis.kind].below.handOver, ''];
}
