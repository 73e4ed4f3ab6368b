import type { ServiceSettings } from '../../contract/settings.ts';
import { type Instant, metricMinute } from '../../contract/time.ts';
import type { Standing, Symptoms, TargetEvidence } from '../../model/facts.ts';
import type { RecoverPorts } from '../../ports/ports.ts';
import { troubleBegan } from './trouble.ts';

/** How far back metrics are read: far enough to know how the service did before the trouble. */
const metricMinutes = 60;
/** How late log lines may be visible; what is younger is not asked for. */
const linesVisibleAfter = 60_000;
/** The window over which tasks are compared: long enough for volume, short enough to show the present. */
const window = 3 * metricMinute;
/** The window never shrinks below this. */
const shortestWindow = metricMinute;

type Asked = {
  /** When the last change was made: lines from before it show a world that is no more. */
  readonly acted?: Instant | null;
  /** False: the log is not asked, which takes seconds. */
  readonly logs?: boolean;
};

/** Can the log tell of what came after `acted`? */
export const tellsOf = (acted: Instant, now: Instant): boolean => now >= acted + linesVisibleAfter + shortestWindow;

/**
 * Reads how the service does and what each sense says of single targets. Never rejects: what failed is said to have.
 */
export async function examine(
  ports: Pick<RecoverPorts, 'metrics' | 'taskLogs' | 'clock'>,
  settings: ServiceSettings,
  standing: Standing,
  { acted = null, logs = true }: Asked = {},
): Promise<{ readonly symptoms: Symptoms; readonly evidence: TargetEvidence }> {
  const symptoms = await ports.metrics.recent(settings, metricMinutes).catch(() => nothingMeasured(standing.at));
  if (!logs) return { symptoms, evidence: { taskLogs: null, failed: [] } };
  return { symptoms, evidence: await readTaskLogs(ports, settings, standing, troubleBegan(settings, symptoms), acted) };
}

async function readTaskLogs(
  ports: Pick<RecoverPorts, 'taskLogs' | 'clock'>,
  settings: ServiceSettings,
  standing: Standing,
  began: Instant | null,
  acted: Instant | null,
): Promise<TargetEvidence> {
  const tasks = standing.tasks.filter((task) => task.status === 'running');
  const configured = settings.senses.includes('task-logs') && settings.resources.logs !== null;
  if (!configured || tasks.length === 0) return { taskLogs: null, failed: [] };
  const until = ports.clock.now() - linesVisibleAfter;
  const from = windowStart(until, began, acted);
  try {
    return { taskLogs: await ports.taskLogs.read(settings, tasks, from, until), failed: [] };
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error);
    return { taskLogs: null, failed: [{ sense: 'task-logs', because }] };
  }
}

/** Minutes from before the trouble would only dilute it: a task that stopped answering still shows its earlier lines. */
function windowStart(until: Instant, began: Instant | null, acted: Instant | null): Instant {
  const inTrouble = began === null ? until - window : began + metricMinute;
  return Math.min(until - shortestWindow, Math.max(until - window, inTrouble, acted ?? 0));
}

const nothingMeasured = (at: Instant): Symptoms => ({
  until: Math.floor(at / metricMinute) * metricMinute,
  minutes: 0,
  groups: [],
  service: {},
});
