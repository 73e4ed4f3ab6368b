import { counted } from '../../contract/text.ts';
import { after } from '../../contract/time.ts';
import type { Guardrail } from './guardrail.ts';
import { healthyFloor, healthyTasks, isOut } from './healthy-tasks.ts';
import { oneTask } from './one-task.ts';
import { allow, deny, hold } from './verdicts.ts';

/**
 * Enough healthy tasks must remain in service beside the one that is acted on. When that one is out already, the others may
 * yet recover, so the act waits; else it would take away what is needed, and is denied.
 */
export const minHealthyTargets: Guardrail = {
  name: 'min-healthy-targets',

  check(proposal, { settings, standing }) {
    const subject = oneTask(proposal);
    if (subject === undefined) return allow;
    const remaining = healthyTasks(standing).filter((t) => t.task.task !== subject).length;
    const floor = healthyFloor(settings.limits, standing.desired);
    if (remaining >= floor) return allow;
    const says = `${counted(remaining, 'healthy task')} of ${standing.desired} would remain in service; at least ${floor} must.`;
    const task = standing.tasks.find((t) => t.task.task === subject);
    return task !== undefined && isOut(task, standing)
      ? hold('targets.too-few-healthy', after(standing.at, settings.timing.lap), says)
      : deny('targets.too-few-healthy', says);
  },
};
