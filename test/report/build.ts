import type { RunResult, ServiceSeries } from '../../lib/simulator/result.ts';

const repeated = <T>(value: T, times: number): T[] => Array.from({ length: times }, () => value);

/** Twenty minutes of a service of four tasks that is slow from the sixth minute to the ninth. */
export const series = (change: Partial<ServiceSeries> = {}): ServiceSeries => ({
  service: 'checkout',
  desired: 4,
  percentile: 'p95',
  thresholds: { latency: 0.4, errors: 2 },
  requests: repeated(6000, 20),
  errorPercent: repeated(0.1, 20),
  latency: [...repeated(0.2, 5), ...repeated(1.2, 4), ...repeated(0.2, 11)],
  healthyTargets: [...repeated(4, 9), 3, 3, ...repeated(4, 9)],
  ...change,
});

/** A run without anything in it but its charts. */
export const run = (change: Partial<RunResult> = {}): RunResult => ({
  scenario: 'one-slow-task',
  description: 'One of four tasks answers ten times slower.',
  seed: 1,
  mode: null,
  without: null,
  outcome: 'no-incident',
  detectedAt: null,
  mitigatedAt: null,
  recoveredAt: null,
  toldAt: null,
  handedOverAt: null,
  troubleAt: null,
  incidents: [],
  actions: [],
  notifications: [],
  requests: { total: 120_000, failed: 0, slow: 0, bad: 0 },
  inService: { checkout: '42' },
  wellTasksOut: 0,
  condemned: [],
  netted: 0,
  violations: [],
  expectationsMet: true,
  failures: [],
  summary: 'no incident',
  startedAt: Date.UTC(2026, 0, 5),
  duration: 1200,
  faults: [],
  changes: [],
  series: [series()],
  ledger: [],
  ...change,
});

export const notification: RunResult['notifications'][number] = {
  at: 540,
  topic: 'topic',
  subject: 'checkout: 1 of 4 tasks slow - incident opened',
  body: `WHAT IS WRONG\nIt is slow.\n\n${'x'.repeat(100)}`,
  attributes: { service: 'checkout', severity: 'warning', kind: 'opened', dedupKey: 'i', status: 'trigger' },
  people: 2,
};
