import type { RunResult, ServiceSeries } from '../simulator/result.ts';
import { boxed } from './box.ts';
import { clock, span } from './figures.ts';
import { glance } from './glance.ts';
import { minuteRows } from './minute-row.ts';
import { type Style, styleOf } from './style.ts';
import { wrapped } from './text.ts';
import { timelineOf } from './timeline.ts';
import type { Mark, TimelineEvent } from './timeline-event.ts';

export type RenderOptions = { readonly color: boolean /** Columns; 80 fits everywhere. */; readonly width: number };

/** Lines that appear together; `beat` is how long a live timeline rests after them, relative to the others. */
export type Frame = { readonly lines: readonly string[]; readonly beat: number };

/** Minutes around something that happened that are shown; the others are quiet. */
const around = 2;

/** A run as a story in time: what each minute looked like, and between the minutes what happened. */
export function framesOf(result: RunResult, { color, width }: RenderOptions): readonly Frame[] {
  const style = styleOf(color);
  const events = timelineOf(result);
  const series = focus(result);
  return [
    frame(header(result, series, width, style), 2),
    ...(series === undefined
      ? events.map((event) => eventFrame(event, null, width, style))
      : story(series, events, width, style)),
    frame(ending(result, series, events, width, style), 3),
    ...messages(result, width, style),
  ];
}

const frame = (lines: readonly string[], beat: number): Frame => ({ lines, beat });

/** The service the story is about: the first one with an incident, else with a fault. */
function focus({ series, incidents, faults }: RunResult): ServiceSeries | undefined {
  const named = incidents[0]?.service ?? faults.find(({ service }) => service !== null)?.service;
  return series.find(({ service }) => service === named) ?? series[0];
}

function header(result: RunResult, series: ServiceSeries | undefined, width: number, style: Style): readonly string[] {
  const without = result.without === null ? '' : `, without ${result.without}`;
  return [
    style.bold(result.scenario),
    ...wrapped(result.description, width),
    style.dim(
      `${series?.service ?? 'no service'}, ${span(result.duration)} in the simulated account, seed ${result.seed}${without}`,
    ),
    '',
  ];
}

function story(series: ServiceSeries, events: readonly TimelineEvent[], width: number, style: Style): readonly Frame[] {
  const rows = minuteRows(series, style);
  const busy = new Set([0, ...events.flatMap(({ at }) => near(Math.floor(at / 60))), ...turns(series)]);
  const frames: Frame[] = [frame([rows.head], 0)];
  let quiet = 0;
  for (let minute = 0; minute < series.requests.length; minute++) {
    const within = events.filter(({ at }) => Math.floor(at / 60) === minute);
    const shown = busy.has(minute) || (busy.has(minute - 1) && busy.has(minute + 1));
    if (shown && quiet > 0) frames.push(frame([style.dim(alike(quiet))], 1));
    quiet = shown ? 0 : quiet + 1;
    if (shown)
      frames.push(
        ...within.map((event) => eventFrame(event, series.service, width, style)),
        frame([rows.of(minute)], 1),
      );
  }
  return quiet > 0 ? [...frames, frame([style.dim(alike(quiet))], 1)] : frames;
}

/** Minutes that look different from the one before: over a threshold or no longer, more targets or fewer. */
const turns = (series: ServiceSeries): readonly number[] =>
  series.requests.flatMap((_, minute) => (looks(series, minute) === looks(series, minute - 1) ? [] : [minute]));

function looks({ latency, errorPercent, healthyTargets, thresholds }: ServiceSeries, minute: number): string {
  const slow = (latency[minute] ?? 0) > (thresholds.latency ?? Number.POSITIVE_INFINITY);
  const failing = (errorPercent[minute] ?? 0) > (thresholds.errors ?? Number.POSITIVE_INFINITY);
  return `${slow} ${failing} ${healthyTargets[minute]}`;
}

const near = (minute: number): readonly number[] =>
  Array.from({ length: 2 * around + 1 }, (_, i) => minute - around + i);

const alike = (minutes: number): string => `   ⋮    ${minutes} more ${minutes === 1 ? 'minute' : 'minutes'} like this`;

const wordWidth = 12;
const indent = 8 + wordWidth;

function eventFrame(
  { at, mark, word, service, text, details }: TimelineEvent,
  about: string | null,
  width: number,
  style: Style,
): Frame {
  const paint = paintOf(mark, style);
  const named = service === null || service === about ? text : `${service}: ${text}`;
  const [first = '', ...more] = wrapped(named, width - indent);
  return frame(
    [
      ` ${paint(`${clock(at)}  ${word.padEnd(wordWidth)}`)}${mark === 'note' ? style.dim(first) : style.bold(first)}`,
      ...more.map((line) => `${' '.repeat(indent)}${style.bold(line)}`),
      ...details.flatMap((detail) =>
        wrapped(detail, width - indent - 2).map((line, i) =>
          style.dim(`${' '.repeat(indent)}${i === 0 ? '· ' : '  '}${line}`),
        ),
      ),
    ],
    mark === 'note' ? 0.5 : 2 + details.length,
  );
}

function paintOf(mark: Mark, style: Style): (text: string) => string {
  switch (mark) {
    case 'fault':
    case 'person':
      return style.bad;
    case 'signal':
    case 'stopped':
    case 'check':
      return style.warn;
    case 'diagnosis':
    case 'act':
      return style.act;
    case 'told':
      return style.told;
    case 'well':
      return style.good;
    case 'note':
      return style.dim;
  }
}

function ending(
  result: RunResult,
  series: ServiceSeries | undefined,
  events: readonly TimelineEvent[],
  width: number,
  style: Style,
): readonly string[] {
  const wrong = [...result.failures, ...result.violations.map((each) => `broken promise: ${each}`)];
  const paint = wrong.length === 0 ? style.good : style.bad;
  return [
    '',
    ...(series === undefined ? [] : [...glance(result, series, events, width, style), '']),
    ...wrapped(result.summary, width).map((line) => paint(line)),
    ...wrong.flatMap((each) => wrapped(each, width).map((line) => style.bad(line))),
  ];
}

function messages(result: RunResult, width: number, style: Style): readonly Frame[] {
  if (result.notifications.length === 0) return [frame(['', style.dim('Nobody was sent a message.')], 0)];
  const title = style.bold('What the person on call was sent:');
  return [
    frame(['', title], 1),
    ...result.notifications.map((each) => frame(['', ...boxed(each, Math.min(width, 80), style)], 3)),
  ];
}
