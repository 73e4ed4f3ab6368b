import type { ServiceSeries } from '../simulator/result.ts';
import { bar, largest } from './bar.ts';
import { clock, percent, rate, took } from './figures.ts';
import type { Style } from './style.ts';

/** Columns of the three bars. */
const widths = { traffic: 8, latency: 14, errors: 9 } as const;
/** More tasks than this are given as a number. */
const mostDots = 8;

export type Rows = {
  readonly head: string;
  /** The minute that begins `minute` minutes after the start; shown at its end, when it is known. */
  readonly of: (minute: number) => string;
};

/** One line per minute: traffic, latency, errors as bars with their thresholds, and the targets that take traffic. */
export function minuteRows(series: ServiceSeries, style: Style): Rows {
  const { thresholds } = series;
  const most = {
    traffic: largest(series.requests) ?? 0,
    latency: Math.max(largest(series.latency) ?? 0, (thresholds.latency ?? 0) * 1.5),
    errors: Math.max(largest(series.errorPercent) ?? 0, (thresholds.errors ?? 0) * 1.5),
  };
  const measured = (value: number | null, limit: number | null, of: number, width: number, text: string): string => {
    const shown = `${bar(value, of, width, limit)} ${text.padStart(7)}`;
    return value !== null && limit !== null && value > limit ? style.bad(shown) : shown;
  };
  return {
    head: style.dim(
      ` time   ${'traffic'.padEnd(widths.traffic + 8)} ${series.percentile.padEnd(widths.latency + 8)} ${'errors'.padEnd(widths.errors + 8)} targets`,
    ),
    of: (minute) => {
      const requests = series.requests[minute] ?? 0;
      const latency = series.latency[minute] ?? null;
      const errors = series.errorPercent[minute] ?? null;
      return [
        style.dim(` ${clock((minute + 1) * 60)} `),
        `${bar(requests, most.traffic, widths.traffic)} ${rate(requests).padStart(7)}`,
        measured(latency, thresholds.latency, most.latency, widths.latency, took(latency)),
        measured(errors, thresholds.errors, most.errors, widths.errors, percent(errors)),
        targets(series.healthyTargets[minute] ?? 0, series.desired, style),
      ].join(' ');
    },
  };
}

function targets(healthy: number, desired: number, style: Style): string {
  const few =
    desired > mostDots ? `${healthy}/${desired}` : '●'.repeat(healthy) + '○'.repeat(Math.max(0, desired - healthy));
  return healthy < desired ? style.warn(few) : few;
}
