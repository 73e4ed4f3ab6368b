import type { ReasonCode } from '../contract/reasons.ts';
import type { ServiceSettings } from '../contract/settings.ts';
import { after } from '../contract/time.ts';
import type { CheckReason, Incident } from '../model/incident.ts';
import { rejectedBy } from './ask-first.ts';
import { checkLastAct, isOverdue } from './check-last-act.ts';
import { followDiagnosis, treatTheOthers } from './follow-diagnosis.ts';
import { followRung } from './follow-rung.ts';
import { healthyTasks } from './guard/healthy-tasks.ts';
import { Lap, type Move } from './lap.ts';
import { leave } from './leave.ts';
import type { Observation } from './observe.ts';
import { takeBackIfAsked } from './take-back.ts';
import { takeOutAgain } from './take-out-again.ts';
import { toolkit as everything, type Toolkit } from './toolkit.ts';
import { alarmsQuiet } from './verify/alarms-quiet.ts';

/**
 * One lap of the pipeline, pure: settle and verify the last act, take back what a person asks for, take out again what ECS has put
 * back, then go on with its rung, or diagnose, plan and guard anew.
 * Each question either answers what to do next, or passes on to the one below it.
 */
export function decide(
  number: number,
  incident: Incident,
  settings: ServiceSettings,
  seen: Observation,
  toolkit: Toolkit = everything,
): Move {
  const lap = new Lap(number, incident, settings, seen, toolkit);
  return (
    checkLastAct(lap) ??
    takeBackIfAsked(lap) ??
    stopIfOver(lap) ??
    takeOutAgain(lap) ??
    followRung(lap) ??
    recoverIfWell(lap) ??
    followDiagnosis(lap)
  );
}

/** Why a rollback was taken back that made nothing worse: a second one does not follow. */
const rollbacksInVain = {
  'tasks-do-not-start': 'rollback.not-started',
  'suffers-alike': 'rollback.suffers-alike',
} as const satisfies Record<CheckReason, ReasonCode>;

/** Reasons to stop, whatever is going on. */
function stopIfOver(lap: Lap): Move | undefined {
  const { seen } = lap;
  if (!seen.configured) return leave(lap, 'service.unknown');
  const checks = lap.state.attempts.map((attempt) => attempt.check);
  if (checks.includes('worse')) return leave(lap, 'action.made-worse');
  for (const entry of lap.entries)
    if (entry.kind === 'CheckMade' && entry.inVain !== undefined)
      return leave(lap, rollbacksInVain[entry.inVain], entry.says);
  if (checks.includes('cannot-tell')) return leave(lap, 'check.cannot-tell');
  if (isOverdue(lap)) return leave(lap, 'laps.spent');
  const rejected = rejectedBy(lap);
  if (rejected !== undefined) return leave(lap, rejected.reason, rejected.says);
  return undefined;
}

/** All alarms OK and every desired task healthy: well again. Alarms OK alone: AWS may still be at it. */
function recoverIfWell(lap: Lap): Move | undefined {
  const { settings, seen, at, incident } = lap;
  const { quiet, says } = alarmsQuiet(settings, seen.symptoms, null, lap.state.signals);
  if (!quiet) return undefined;
  // Without a load balancer nobody tells whether a task is healthy: that it runs must do.
  const { running, desired } = seen.standing;
  const serving = settings.resources.targetGroups.length === 0 ? running : healthyTasks(seen.standing).length;
  if (serving >= desired) return treatTheOthers(lap) ?? lap.recover(says);
  const since = lap.state.diagnosedAt ?? incident.openedAt;
  return at > after(since, settings.timing.healingWithin) ? leave(lap, 'healing.failed') : lap.wait();
}
