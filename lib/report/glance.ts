import type { RunResult, ServiceSeries } from '../simulator/result.ts';
import { largest, sparks, squeezed } from './bar.ts';
import { percent, rate, took } from './figures.ts';
import type { Style } from './style.ts';
import type { Mark, TimelineEvent } from './timeline-event.ts';

const margin = 11;

/** The whole run in five lines: three curves, the targets, and a letter where something happened. */
export function glance(
  result: RunResult,
  series: ServiceSeries,
  events: readonly TimelineEvent[],
  width: number,
  style: Style,
): readonly string[] {
  const columns = Math.min(Math.ceil(result.duration / 60), width - margin - 24);
  const minutesPerColumn = Math.max(1, Math.ceil(series.requests.length / columns));
  const curve = (name: string, values: readonly (number | null)[], limit: number | null, says: string): string => {
    const shown = squeezed(values, columns);
    const most = Math.max(largest(shown) ?? 0, (limit ?? 0) * 1.2);
    const line = sparks(shown, most).map((spark, i) =>
      limit !== null && (shown[i] ?? 0) > limit ? style.bad(spark) : spark,
    );
    return ` ${name.padEnd(margin - 1)}${line.join('')}  ${style.dim(says)}`;
  };
  const { thresholds, desired } = series;
  const least = Math.min(...series.healthyTargets, desired);
  return [
    curve('traffic', series.requests, null, `at most ${rate(largest(series.requests) ?? 0)}`),
    curve(
      series.percentile,
      series.latency,
      thresholds.latency,
      worst(took(largest(series.latency)), thresholds.latency, took),
    ),
    curve(
      'errors',
      series.errorPercent,
      thresholds.errors,
      worst(percent(largest(series.errorPercent)), thresholds.errors, percent),
    ),
    curve('targets', series.healthyTargets, null, `${desired} wanted, at least ${least}`),
    ` ${'events'.padEnd(margin - 1)}${row(events.map(happened), columns, minutesPerColumn, style.act)}`,
    ` ${'messages'.padEnd(margin - 1)}${row(events.map(wasTold), columns, minutesPerColumn, style.told)}`,
    style.dim(` ${'minutes'.padEnd(margin - 1)}${scale(columns, minutesPerColumn)}`),
    style.dim(` ${''.padEnd(margin - 1)}F fault  S signal  A act  H held or denied  R recovered  ! a person`),
  ];
}

const worst = (most: string, limit: number | null, write: (value: number) => string): string =>
  limit === null ? `at most ${most}` : `${most}, limit ${write(limit)}`;

/** A letter in the column of its time. */
type Letter = { readonly at: number; readonly letter: string | undefined };

const letterOf: Partial<Record<Mark, string>> = { fault: 'F', signal: 'S', stopped: 'H', act: 'A', person: '!' };
/** Where several things happen within one column, the most telling one is shown. */
const order: readonly string[] = ['!', 'R', 'A', 'F', 'H', 'S'];

const happened = ({ at, mark, word }: TimelineEvent): Letter => {
  if (word === 'users') return { at, letter: undefined };
  return { at, letter: word === 'recovered' ? 'R' : letterOf[mark] };
};

const wasTold = ({ at, mark }: TimelineEvent): Letter => ({ at, letter: mark === 'told' ? 'M' : undefined });

function row(
  letters: readonly Letter[],
  columns: number,
  minutesPerColumn: number,
  paint: (text: string) => string,
): string {
  const cells = Array.from({ length: columns }, () => ' ');
  for (const { at, letter } of letters) {
    const column = Math.min(columns - 1, Math.floor(at / 60 / minutesPerColumn));
    if (letter === undefined) continue;
    const there = cells[column] ?? ' ';
    if (there === ' ' || rank(letter) < rank(there)) cells[column] = letter;
  }
  return cells.map((cell) => (cell === ' ' ? cell : paint(cell))).join('');
}

const rank = (letter: string): number => order.indexOf(letter);

function scale(columns: number, minutesPerColumn: number): string {
  let line = '';
  while (line.length < columns) {
    const label = String(line.length * minutesPerColumn);
    line += label.padEnd(10);
  }
  return line.slice(0, Math.max(columns, 2)).trimEnd();
}
