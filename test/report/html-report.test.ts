import { describe, expect, it } from 'vitest';
import { htmlReport } from '../../lib/report/html-report.ts';
import { simulate } from '../../lib/simulator/simulate.ts';
import { scenarioFrom } from '../scenarios/play-all.ts';

const scenario = scenarioFrom(
  'markup.yaml',
  `
name: <script>alert(1)</script>
description: "A & B <img src=x onerror=alert(2)>"
duration: 15m
services:
  checkout: { tasks: 4, traffic: 80/s, capacityPerTask: 60/s }
faults:
  - { at: 2m, kind: error-task, service: checkout, tasks: 1, rate: 60% }
`,
);

describe('htmlReport', () => {
  it('draws four charts for each service, with an upright for each change', async () => {
    const page = htmlReport([await simulate(scenario, { seed: 1 })]);
    expect(page.match(/<svg /g)).toHaveLength(4);
    expect(page.match(/stroke="#8250df"/g)).toHaveLength(8);
    expect(page).toContain('deregister-target');
  });

  it('lets nothing of a scenario become markup, and loads nothing from anywhere', async () => {
    const page = htmlReport([await simulate(scenario, { seed: 1 })]);
    expect(page).not.toMatch(/<script|<img|<link|<[a-z]+[^>]*\b(src|href)=/i);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain('A &amp; B');
  });

  it('is the same to the byte for the same runs', async () => {
    const once = async () => htmlReport([await simulate(scenario, { seed: 2 })]);
    expect(await once()).toBe(await once());
  });
});
