import type { Evidence } from '../../model/evidence.ts';
import type { Standing } from '../../model/facts.ts';
import { type ServingTask, servingTasks } from './serving.ts';

/** What the load balancer's own comparison of error rates says of the tasks in service. */
export type Anomalies = {
  readonly anomalous: readonly ServingTask[];
  /** Targets found to be normal. */
  readonly normal: number;
};

/** Null where it says nothing: below three healthy targets, or when that sense is off. */
export function anomaliesOf(standing: Standing): Anomalies | null {
  const serving = servingTasks(standing);
  const judged = serving.flatMap(({ targets }) => targets).filter((target) => target.anomaly !== null);
  if (judged.length < 3) return null;
  return {
    anomalous: serving.filter(({ targets }) => targets.some((target) => target.anomaly === 'anomalous')),
    normal: judged.filter((target) => target.anomaly === 'normal').length,
  };
}

export const normalEvidence = (standing: Standing, { normal }: Anomalies): Evidence => ({
  kind: 'TargetsNormal',
  source: 'target-health',
  at: standing.at,
  targets: normal,
  says: `The load balancer finds none of ${normal} targets worse than the others.`,
});
