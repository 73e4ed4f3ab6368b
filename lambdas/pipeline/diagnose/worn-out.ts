import { inWords } from '../../contract/text.ts';
import { inMillis } from '../../contract/time.ts';
import type { Evidence } from '../../model/evidence.ts';
import { comparisonEvidence, type Findings, findingsOf } from './findings.ts';
import type { Case, Hypothesis } from './hypothesis.ts';
import { median, trend } from './statistics.ts';
import { suspectDeployment } from './suspect-deployment.ts';
import { trafficRose } from './traffic.ts';
import { percent } from './wording.ts';

/** Memory (percent of what the task may have) from which a leak can hurt. */
const highFrom = 70;
/** Growth (percentage points an hour) that is more than drift, and the share of pairs of minutes that must rise. */
const growsFrom = 2;
const steadyFrom = 0.8;
/** Fewer minutes than this make no trend. */
const fewestMinutes = 15;
const minutesAnHour = 60;
/** A slow leak shows over the whole hour, a fast one in its last minutes only. Minutes, longest first. */
const spans = [60, 30, fewestMinutes] as const;

/** Every task has run for long and its memory has grown all the while: a leak. A restart gives time. */
export const wornOut: Hypothesis = {
  kind: 'worn-out',
  weigh(given) {
    const findings = findingsOf(given);
    const [old, grew] = [allOld(given), memoryGrew(given)];
    const suspicion = suspectDeployment(given, findings.trouble);
    const rose = trafficRose(given, findings.trouble);
    const agedTogether = old !== null && grew !== null && suspicion.deployment === null && rose === null;
    const facts = [old, grew].filter((fact) => fact !== null);
    return {
      kind: 'worn-out',
      because: [...findings.trouble.because, ...facts, ...comparisonEvidence(given, findings.compared)],
      against: [...(suspicion.deployment === null ? [] : [suspicion.says]), ...(rose === null ? [] : [rose])],
      confidence: agedTogether ? howAlike(findings) : 0.2,
    };
  },
};

/** Memory is an average over all tasks: it doesn't say whether one or all of them leak, the tasks' own logs do. */
function howAlike({ compared, anomalies }: Findings): number {
  if (compared.kind === 'alike') return 0.88;
  // Leaks do not come to the brink all in the same minute: for a while most tasks suffer, and some more than others.
  if (compared.kind === 'mixed') return 0.75;
  if (compared.kind !== 'unknown') return 0.3;
  return anomalies !== null && anomalies.anomalous.length === 0 ? 0.75 : 0.3;
}

function allOld({ settings, standing }: Case): Evidence | null {
  const running = standing.tasks.filter((task) => task.status === 'running');
  const ages = running.map((task) => standing.at - (task.startedAt ?? task.createdAt));
  const youngest = Math.min(...ages);
  if (running.length === 0 || youngest < inMillis(settings.diagnosis.wornOutAfter)) return null;
  const says = `The youngest of ${running.length} tasks has run for ${inWords(youngest)}.`;
  return { kind: 'TasksOld', source: 'ecs', at: standing.at, youngestHours: Math.floor(youngest / 3_600_000), says };
}

/** Percentage points an hour, where memory rose steadily and more than it drifts. */
function steadyGrowth(points: readonly (readonly [number, number])[]): number | undefined {
  const growth = trend(points);
  if (growth === null || growth.rising < steadyFrom) return undefined;
  const perHour = growth.slope * minutesAnHour;
  return perHour < growsFrom ? undefined : perHour;
}

function memoryGrew({ symptoms }: Case): Evidence | null {
  const points = (symptoms.service.memory ?? []).flatMap((memory, minute) =>
    memory === null ? [] : [[minute, memory] as const],
  );
  const level = median(points.slice(-5).map(([, memory]) => memory));
  if (level === null || level < highFrom || points.length < fewestMinutes) return null;
  const perHour = spans.map((span) => steadyGrowth(points.slice(-span))).find((growth) => growth !== undefined);
  if (perHour === undefined) return null;
  const says = `Memory is at ${percent(level / 100)} and has grown by ${perHour.toFixed(1)} points an hour.`;
  return { kind: 'MemoryGrew', source: 'metrics', at: symptoms.until, percent: level, perHour, says };
}
