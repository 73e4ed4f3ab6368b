import type { Limits } from '../../contract/settings.ts';
import { counted } from '../../contract/text.ts';
import { after } from '../../contract/time.ts';
import type { Standing } from '../../model/facts.ts';
import type { History, PastAct } from '../../model/incident-state.ts';
import type { Guardrail } from './guardrail.ts';
import { healthyTasks, isOut, wholeDown } from './healthy-tasks.ts';
import { oneTask } from './one-task.ts';
import { allow, deny, hold } from './verdicts.ts';

/** Only so many tasks may be out of service at once through Paramedic's doing; what others take out is not counted. */
export const maxShareDisrupted: Guardrail = {
  name: 'max-share-disrupted',

  check(proposal, { settings, standing, history }) {
    const subject = oneTask(proposal);
    if (subject === undefined) return allow;
    const others = outThroughUs(subject, standing, history);
    const limit = mostOut(settings.limits, standing.desired);
    if (others + 1 <= limit) return allow;
    const says = `With it ${counted(others + 1, 'task')} of ${standing.desired} would be out through Paramedic; at most ${limit} may be.`;
    return others > 0
      ? hold('targets.too-many-disrupted', after(standing.at, settings.timing.lap), says)
      : deny('targets.too-many-disrupted', says);
  },
};

/** A share means little in a small service: below ten tasks a count stands for it. */
function mostOut({ maxShareDisrupted: { count, share } }: Limits, desired: number): number {
  return desired < 10 ? count : Math.max(count, wholeDown(share * desired));
}

/** Tasks other than the subject that Paramedic took out and that are still missed. */
function outThroughUs(subject: string, standing: Standing, history: History): number {
  const acts = history.acts.filter((act) => act.result?.kind !== 'refused');
  const deregistered = new Set(
    standing.tasks
      .filter(
        (t) => t.status !== 'stopping' && isOut(t, standing) && wasActedOn(t.task.task, 'deregister-target', acts),
      )
      .map((t) => t.task.task),
  );
  const replaced = replacedAndMissed(standing, acts, deregistered.size);
  deregistered.delete(subject);
  return deregistered.size + replaced;
}

const wasActedOn = (task: string, kind: string, acts: readonly PastAct[]): boolean =>
  acts.some(({ order }) => order.proposal.kind === kind && oneTask(order.proposal) === task);

/** Tasks we stopped whose replacement was not seen healthy: never more than are missing beyond those out of service. */
function replacedAndMissed(standing: Standing, acts: readonly PastAct[], deregistered: number): number {
  const missing = Math.max(0, standing.desired - healthyTasks(standing).length - deregistered);
  const running = standing.tasks.filter((t) => t.status !== 'stopping').map((t) => t.task.task);
  const stopped = new Set(
    acts
      .filter(({ order, check }) => order.proposal.kind === 'replace-task' && check !== 'helped')
      .map(({ order }) => oneTask(order.proposal))
      .filter((task) => !running.some((each) => each === task)),
  );
  return Math.min(stopped.size, missing);
}
