import { describe, expect, it } from 'vitest';
import type { ServiceSettings } from '../../lambdas/contract/settings.ts';
import type { TargetFact } from '../../lambdas/model/facts.ts';
import { decide } from '../../lambdas/pipeline/decide.ts';
import type { Observation } from '../../lambdas/pipeline/observe.ts';
import { fold } from '../../lambdas/pipeline/record/evolve.ts';
import {
  cluster,
  deployment,
  fleet,
  history,
  hours,
  minutes,
  now,
  resolved,
  settings,
  standing,
  task,
  thisIncident,
} from './build.ts';
import { signal } from './desk.ts';

const [tasks, sick, groups] = [500, 150, 5];
const targetGroups = Array.from(
  { length: groups },
  (_, n) =>
    `arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/a-service-with-a-long-name-${n}/0123456789abcdef`,
);
const arnOf = (n: number) => `arn:aws:ecs:eu-central-1:123456789012:task/shop/${n.toString(16).padStart(32, '0')}`;
const addressOf = (n: number) => `10.${Math.floor(n / 250)}.0.${n % 250}`;
const numbers = Array.from({ length: tasks }, (_, n) => n);
const isSick = (n: number) => n < sick;

/** Every third task fails and is found anomalous in all of its target groups, in three zones. */
const targets = numbers.flatMap((n): readonly TargetFact[] =>
  targetGroups.map((targetGroup) => ({
    target: { targetGroup, id: addressOf(n), port: 8080 },
    zone: null,
    state: 'healthy',
    anomaly: isSick(n) ? 'anomalous' : 'normal',
    shift: 'none',
  })),
);
const deployments = [deployment(42, now - hours(72))];
const world = standing({
  desired: tasks,
  deployments,
  resolves: resolved(deployments),
  targets,
  protection: Object.fromEntries(numbers.map((n) => [arnOf(n), false])),
  tasks: numbers.map((n) =>
    task(n, {
      task: { cluster, task: arnOf(n) },
      zone: `eu-central-1${'abc'.charAt(n % 3)}`,
      addresses: [{ id: addressOf(n), port: null }],
    }),
  ),
});

function decided(change: Parameters<typeof settings>[0]) {
  const { resources } = settings();
  const how: ServiceSettings = settings({ ...change, resources: { ...resources, targetGroups } });
  const entries = [
    {
      kind: 'SignalReceived',
      id: 's1',
      incident: thisIncident,
      service: 'checkout',
      at: now - minutes(1),
      signal: signal({ at: now - minutes(1) }),
    },
  ] as const;
  const minute = { requests: 500_000, target2xx: 425_000, target5xx: 75_000, healthyHosts: tasks };
  const series = Object.fromEntries(Object.entries(minute).map(([name, value]) => [name, Array(60).fill(value)]));
  const seen: Observation = {
    standing: world,
    controls: { kind: 'running' },
    symptoms: {
      until: now,
      minutes: 60,
      groups: targetGroups.map((targetGroup) => ({ targetGroup, series })),
      service: { cpu: Array(60).fill(10) },
    },
    evidence: {
      taskLogs: {
        from: now - minutes(4),
        until: now - minutes(1),
        readings: numbers.map((n) => ({
          task: arnOf(n),
          requests: 1000,
          errors: isSick(n) ? 500 : 1,
          slow: 0,
          newest: now - minutes(1) - 1,
        })),
      },
      failed: [],
    },
    entries,
    state: fold(entries),
    history: history(),
    fleet: fleet(),
    configured: true,
  };
  const incident = {
    id: thisIncident,
    service: 'checkout',
    openedAt: now - minutes(1),
    fence: 1,
    status: 'started',
  } as const;
  return decide(1, incident, how, seen);
}

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
/** 100 KB are the limit; with all of them named it was a megabyte, and 580 KB in one entry. */
const [inCheckpoint, inEntry] = [45_000, 20_000];

describe('a decision about 500 tasks of which 150 are sick, in five target groups each', () => {
  it.each([
    ['acts', { mode: 'automatic' }, ['DiagnosisMade', 'ActionStarted'], 'act'],
    ['asks', { mode: 'approve' }, ['DiagnosisMade', 'ApprovalRequested'], 'await'],
    ['observes', { mode: 'observe' }, ['DiagnosisMade', 'ActionWithheld', 'ActionWithheld', 'HandedOver'], 'end'],
    ['refuses', { limits: { commonCause: { share: 0.3 } } }, ['DiagnosisMade', 'ActionDenied', 'HandedOver'], 'end'],
  ] as const)('is small, in the checkpoint and in each entry of the ledger, when it %s', (_, change, kinds, kind) => {
    const move = decided(change);
    const written = [...move.entries, ...(move.kind === 'end' ? [move.ending] : [])];
    expect(move.kind).toBe(kind);
    expect(written.map((entry) => entry.kind)).toEqual(kinds);
    expect(bytes(move)).toBeLessThan(inCheckpoint);
    for (const entry of written) expect(bytes(entry)).toBeLessThan(inEntry);
  });

  it('counts all of them, and names the ten worst', () => {
    const [diagnosed] = decided({}).entries;
    expect(diagnosed).toMatchObject({ diagnosis: { kind: 'sick-target', count: sick, among: tasks } });
    const { diagnosis } = diagnosed?.kind === 'DiagnosisMade' ? diagnosed : { diagnosis: undefined };
    expect(diagnosis?.kind === 'sick-target' && diagnosis.sick).toHaveLength(10);
    expect(diagnosis?.because.find((fact) => fact.kind === 'TasksSick')).toMatchObject({
      tasks: sick,
      byZone: { 'eu-central-1a': 50, 'eu-central-1b': 50, 'eu-central-1c': 50 },
    });
  });
});
