import type { RunRecord } from '../run-record.ts';
import { alarmHeard } from './alarm-heard.ts';
import { approvedChanges } from './approved-changes.ts';
import { bansKept } from './bans-kept.ts';
import { deploymentCapacity } from './deployment-capacity.ts';
import { diagnosedSubject } from './diagnosed-subject.ts';
import { disruptionLimit } from './disruption-limit.ts';
import { drainedBeforeStop } from './drained-before-stop.ts';
import { evidenceAge } from './evidence-age.ts';
import { failuresEnd } from './failures-end.ts';
import { freezeHoldsChanges } from './freeze-holds-changes.ts';
import { handsOffDeployments } from './hands-off-deployments.ts';
import { healthyFloor } from './healthy-floor.ts';
import { idleActsEnd } from './idle-acts-end.ts';
import { incidentEnds } from './incident-ends.ts';
import type { Breach, Invariant } from './invariant.ts';
import { knownGoodRollback } from './known-good-rollback.ts';
import { ledgerReplay } from './ledger-replay.ts';
import { markedRelease } from './marked-release.ts';
import { messageRate } from './message-rate.ts';
import { nothingAfterTheEnd } from './nothing-after-the-end.ts';
import { nothingHalfDone } from './nothing-half-done.ts';
import { observeMode } from './observe-mode.ts';
import { oncePerProposal } from './once-per-proposal.ts';
import { oneChangeAtATime } from './one-change-at-a-time.ts';
import { oneIntentAtATime } from './one-intent-at-a-time.ts';
import { oneResolve } from './one-resolve.ts';
import { orderInTime } from './order-in-time.ts';
import { outBeforeStop } from './out-before-stop.ts';
import { ownErrorBudget } from './own-error-budget.ts';
import { pauseHoldsChanges } from './pause-holds-changes.ts';
import { pauseHoldsOrders } from './pause-holds-orders.ts';
import { personTold } from './person-told.ts';
import { protectionKept } from './protection-kept.ts';
import { recordedIntent } from './recorded-intent.ts';
import { replacementFirst } from './replacement-first.ts';
import { restBetweenIncidents } from './rest-between-incidents.ts';
import { restartSameRelease } from './restart-same-release.ts';
import { scalingLeftAlone } from './scaling-left-alone.ts';
import { shiftedZone } from './shifted-zone.ts';
import { signalKept } from './signal-kept.ts';
import { singleTasksOnly } from './single-tasks-only.ts';
import { somebodyListens } from './somebody-listens.ts';
import { stackLeftAlone } from './stack-left-alone.ts';
import { survivorsCarry } from './survivors-carry.ts';
import { treatmentLimit } from './treatment-limit.ts';
import { troubleInCommon } from './trouble-in-common.ts';
import { undoIsHeeded } from './undo-is-heeded.ts';
import { velocityLimit } from './velocity-limit.ts';
import { workflowHolds } from './workflow-holds.ts';
import { zoneServes } from './zone-serves.ts';

/** All that holds in every run. */
export const invariants: readonly Invariant[] = [
  recordedIntent,
  orderInTime,
  pauseHoldsChanges,
  pauseHoldsOrders,
  observeMode,
  approvedChanges,
  somebodyListens,
  oneChangeAtATime,
  oneIntentAtATime,
  oncePerProposal,
  healthyFloor,
  deploymentCapacity,
  disruptionLimit,
  survivorsCarry,
  replacementFirst,
  singleTasksOnly,
  restBetweenIncidents,
  treatmentLimit,
  troubleInCommon,
  velocityLimit,
  ownErrorBudget,
  failuresEnd,
  idleActsEnd,
  bansKept,
  freezeHoldsChanges,
  handsOffDeployments,
  stackLeftAlone,
  scalingLeftAlone,
  zoneServes,
  shiftedZone,
  protectionKept,
  outBeforeStop,
  drainedBeforeStop,
  evidenceAge,
  diagnosedSubject,
  nothingAfterTheEnd,
  knownGoodRollback,
  markedRelease,
  restartSameRelease,
  undoIsHeeded,
  nothingHalfDone,
  incidentEnds,
  personTold,
  oneResolve,
  messageRate,
  ledgerReplay,
  workflowHolds,
  signalKept,
  alarmHeard,
];

/** An invariant that a run broke, and how. */
export type BrokenInvariant = Breach & { readonly invariant: string };

/** Everything a run broke; nothing in a good one. */
export const brokenInvariants = (record: RunRecord): readonly BrokenInvariant[] =>
  invariants.flatMap((each) => each.broken(record).map((breach) => ({ ...breach, invariant: each.name })));
