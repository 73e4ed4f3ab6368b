import { alarmMuted } from './alarm-muted.ts';
import { apiErrors } from './api-errors.ts';
import { apiThrottled } from './api-throttled.ts';
import { apiTimeouts } from './api-timeouts.ts';
import { approval } from './approval.ts';
import { autoScaling } from './auto-scaling.ts';
import { badDeployment } from './bad-deployment.ts';
import { capacityUnavailable } from './capacity-unavailable.ts';
import { crashLoop } from './crash-loop.ts';
import { crashTask } from './crash-task.ts';
import { dependencyDown } from './dependency-down.ts';
import { dependencySlow } from './dependency-slow.ts';
import { deployment } from './deployment.ts';
import { errorTask } from './error-task.ts';
import { eventDelayed } from './event-delayed.ts';
import { eventDuplicated } from './event-duplicated.ts';
import { eventLost } from './event-lost.ts';
import { eventsReordered } from './events-reordered.ts';
import type { FaultKind } from './fault.ts';
import { functionCrashes } from './function-crashes.ts';
import { hungTask } from './hung-task.ts';
import { imageMoved } from './image-moved.ts';
import { invocationsDelayed } from './invocations-delayed.ts';
import { invocationsDuplicated } from './invocations-duplicated.ts';
import { logsDelayed } from './logs-delayed.ts';
import { memoryLeak } from './memory-leak.ts';
import { metricBlip } from './metric-blip.ts';
import { metricsDelayed } from './metrics-delayed.ts';
import { metricsMissing } from './metrics-missing.ts';
import { overload } from './overload.ts';
import { ownAlarm } from './own-alarm.ts';
import { pause } from './pause.ts';
import { pauseUnreadable } from './pause-unreadable.ts';
import { scaling } from './scaling.ts';
import { slowTask } from './slow-task.ts';
import { stackUpdate } from './stack-update.ts';
import { staleReads } from './stale-reads.ts';
import { subscriptionLost } from './subscription-lost.ts';
import { taskProtection } from './task-protection.ts';
import { taskStopped } from './task-stopped.ts';
import { undo } from './undo.ts';
import { unhealthyTask } from './unhealthy-task.ts';
import { workflowCrash } from './workflow-crash.ts';
import { workflowEndedLost } from './workflow-ended-lost.ts';
import { workflowStopped } from './workflow-stopped.ts';
import { zonalShift } from './zonal-shift.ts';
import { zoneImpairment } from './zone-impairment.ts';

/** Every kind of fault a scenario may name. */
export const faults: readonly FaultKind[] = [
  crashTask,
  crashLoop,
  errorTask,
  slowTask,
  hungTask,
  unhealthyTask,
  memoryLeak,
  badDeployment,
  deployment,
  imageMoved,
  scaling,
  autoScaling,
  stackUpdate,
  taskProtection,
  taskStopped,
  zoneImpairment,
  zonalShift,
  dependencyDown,
  dependencySlow,
  overload,
  metricBlip,
  metricsDelayed,
  metricsMissing,
  logsDelayed,
  capacityUnavailable,
  apiThrottled,
  apiErrors,
  apiTimeouts,
  staleReads,
  eventLost,
  eventDuplicated,
  eventDelayed,
  eventsReordered,
  alarmMuted,
  ownAlarm,
  workflowCrash,
  workflowStopped,
  workflowEndedLost,
  functionCrashes,
  invocationsDelayed,
  invocationsDuplicated,
  approval,
  pause,
  pauseUnreadable,
  undo,
  subscriptionLost,
];
