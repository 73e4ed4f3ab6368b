import type { Series } from '../../contract/alarms/evaluate.ts';
import type { Standing, Symptoms } from '../../model/facts.ts';
import type { Load } from '../../model/load.ts';

/** Of so many minutes the busiest counts: an average would hide a rise. */
const busiestOf = 3;

/**
 * What the last whole minutes show of the load of the service. Requests are counted where the load balancer chose a target for
 * them, those of a sick task included. ECS averages CPU over the running tasks
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_utilization.html), so that the average times their
 * number is what others would have to take over. That number is not measured: the larger of how many run and how many were
 * healthy then stands for it.
 */
export function measuredLoad(symptoms: Symptoms, { running }: Pick<Standing, 'running'>): Load {
  const minutes = lastMinutes(symptoms);
  const requests = present(minutes.map((minute) => requestsIn(symptoms, minute)));
  const cpu = present(minutes.map((minute) => symptoms.service.cpu?.[minute]));
  const tasks = Math.max(running, ...minutes.flatMap((minute) => healthyIn(symptoms, minute)));
  return {
    at: symptoms.until,
    requests: requests.length === 0 ? null : Math.max(...requests) / 60,
    cpu: cpu.length === 0 ? null : { most: Math.max(...cpu) * tasks, newest: (cpu.at(-1) ?? 0) * tasks },
  };
}

/** Oldest first. */
const lastMinutes = ({ minutes }: Symptoms): readonly number[] =>
  Array.from({ length: Math.min(busiestOf, minutes) }, (_, index) => minutes - Math.min(busiestOf, minutes) + index);

/** Nobody publishes a count of nothing: a group that shows its hosts and no requests had none. */
function requestsIn({ groups }: Symptoms, minute: number): number | null {
  const counts = groups.map(({ series }) => series.requests?.[minute] ?? (isMeasured(series, minute) ? 0 : null));
  return counts.includes(null) || counts.length === 0 ? null : present(counts).reduce((sum, count) => sum + count, 0);
}

const isMeasured = ({ healthyHosts }: Series, minute: number): boolean => (healthyHosts?.[minute] ?? null) !== null;

const healthyIn = ({ groups }: Symptoms, minute: number): readonly number[] =>
  present(groups.map(({ series }) => series.healthyHosts?.[minute]));

const present = (values: readonly (number | null | undefined)[]): readonly number[] =>
  values.filter((value): value is number => value !== null && value !== undefined);
