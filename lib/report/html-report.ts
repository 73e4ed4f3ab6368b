import type { RunResult, ServiceSeries } from '../simulator/result.ts';
import { renderRun } from './render-run.ts';

const [width, height] = [720, 90];

/**
 * Played runs as one HTML page that needs nothing from anywhere: for each its outcome, charts of the true traffic, the
 * timeline with every decision, and the messages. Everything that came from a scenario or an event is escaped.
 */
export function htmlReport(runs: readonly RunResult[]): string {
  return [
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Paramedic: played scenarios</title>',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<style>${style}</style><h1>Played scenarios</h1>`,
    ...runs.map(runSection),
    '</html>\n',
  ].join('\n');
}

const style = `body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1b1f24}
pre{overflow-x:auto;background:#f6f8fa;padding:1rem;font-size:13px;line-height:1.35}
svg{display:block;width:100%;height:auto;background:#f6f8fa;margin:.2rem 0 1rem}
.bad{color:#b3261e}.good{color:#1a7f37}figcaption{font-size:14px}figure{margin:0}`;

function runSection(run: RunResult): string {
  const word = run.expectationsMet ? 'good' : 'bad';
  return [
    `<section><h2>${escaped(run.scenario)}, seed ${run.seed}</h2><p>${escaped(run.description)}</p>`,
    `<p class="${word}">${escaped(run.summary)}</p>`,
    ...[...run.failures, ...run.violations].map((says) => `<p class="bad">${escaped(says)}</p>`),
    ...run.series.flatMap((series) => charts(series, run)),
    `<details><summary>Timeline and messages</summary><pre>${escaped(renderRun(run, { color: false, width: 100 }))}</pre></details>`,
    '</section>',
  ].join('\n');
}

function charts(series: ServiceSeries, run: RunResult): readonly string[] {
  const of = `${series.service}: `;
  const marks = run.changes.filter(({ service }) => service === series.service).map(({ at }) => at / 60);
  return [
    chart(`${of}requests a minute`, series.requests, null, marks),
    chart(`${of}errors, percent`, series.errorPercent, series.thresholds.errors, marks),
    chart(`${of}${series.percentile}, seconds`, series.latency, series.thresholds.latency, marks),
    chart(`${of}healthy targets of ${series.desired}`, series.healthyTargets, null, marks),
  ];
}

/** A line over the minutes, its threshold dashed, and an upright for each change that Paramedic made. */
function chart(
  title: string,
  values: readonly (number | null)[],
  threshold: number | null,
  marks: readonly number[],
): string {
  const most = Math.max(threshold ?? 0, ...values.map((value) => value ?? 0)) * 1.1 || 1;
  const x = (minute: number): string => ((minute / Math.max(1, values.length - 1)) * width).toFixed(1);
  const y = (value: number): string => (height - (value / most) * height).toFixed(1);
  const points = values.flatMap((value, minute) => (value === null ? [] : [`${x(minute)},${y(value)}`]));
  const peak = Math.max(0, ...values.map((value) => value ?? 0));
  const caption = `${title}; at most ${Number(peak.toFixed(2))}${threshold === null ? '' : `, limit ${threshold}`}`;
  return [
    `<figure><figcaption>${escaped(caption)}</figcaption>`,
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(caption)}">`,
    ...marks.map((minute) => `<line x1="${x(minute)}" x2="${x(minute)}" y1="0" y2="${height}" stroke="#8250df"/>`),
    threshold === null
      ? ''
      : `<line x1="0" x2="${width}" y1="${y(threshold)}" y2="${y(threshold)}" stroke="#b3261e" stroke-dasharray="4 4"/>`,
    `<polyline fill="none" stroke="#0969da" stroke-width="1.5" points="${points.join(' ')}"/></svg></figure>`,
  ].join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
