import { describe, expect, it } from 'vitest';
import { renderProblem } from '../../lib/config/read-yaml.ts';
import { readScenario } from '../../lib/simulator/scenario.ts';

const minimal = `
name: minimal
duration: 10m
services:
  checkout: {}
`;

const scenarioOf = (text: string) => {
  const read = readScenario('scenarios/test.yaml', text);
  if ('problems' in read) throw new Error(read.problems.map(renderProblem).join('\n'));
  return read.scenario;
};

const problemsOf = (text: string): readonly string[] => {
  const read = readScenario('test.yaml', text);
  return 'problems' in read ? read.problems.map(renderProblem) : [];
};

describe('a scenario file', () => {
  it('needs a name, a duration and a service; all the rest has defaults', () => {
    const { services, faults, expect: expected, duration } = scenarioOf(minimal);
    expect(duration).toBe(600_000);
    expect(faults).toEqual([]);
    expect(expected).toEqual({});
    expect(services).toHaveLength(1);
    expect(services[0]).toMatchObject({
      id: 'checkout',
      tasks: 6,
      zones: 3,
      traffic: [{ at: 0, rate: 120 }],
      latency: { p50: 0.04, p99: 0.2 },
      errorRate: 0.001,
      capacityPerTask: 40,
      startup: 45_000,
      listeners: 1,
      loadBalancer: 'checkout',
      revisions: [{ id: '41' }, { id: '42' }],
    });
  });

  it('has services in automatic mode with twice the stated p99 as latency threshold, on p95', () => {
    const [service] = scenarioOf(minimal.replace('{}', '{ latency: { p50: 30ms, p99: 150ms } }')).services;
    expect(service?.settings).toMatchObject({ mode: 'automatic', latencyPercentile: 'p95' });
    expect(service?.settings.alarms.latency?.threshold).toBeCloseTo(0.3);
  });

  it('takes under `recovery` what a service may set in recovery.yaml', () => {
    const recovery = '{ mode: observe, senses: [], alarms: { latency: { threshold: 1s } }, limits: { cooldown: 30m } }';
    const [service] = scenarioOf(minimal.replace('{}', `{ recovery: ${recovery} }`)).services;
    expect(service?.settings).toMatchObject({ mode: 'observe', senses: [], limits: { cooldown: { minutes: 30 } } });
    expect(service?.settings.alarms.latency?.threshold).toBe(1);
  });

  it('takes under `account` what AWS and the deployment tool do, as they do it unless told otherwise', () => {
    const [usual] = scenarioOf(minimal).services;
    expect(usual?.account).toEqual({
      deployedBy: 'cloudformation',
      described: true,
      images: 'ecr',
      passRoles: true,
      deploymentHistory: 90 * 86_400_000,
      zoneRebalancing: true,
      healthCheckGrace: 0,
      deregistrationDelay: 300_000,
    });
    const account = '{ deployedBy: scripts, described: false, sidecar: true, reregisters: never, images: expired }';
    const [other] = scenarioOf(minimal.replace('{}', `{ account: ${account} }`)).services;
    expect(other?.account).toMatchObject({
      deployedBy: 'scripts',
      described: false,
      sidecar: true,
      reregisters: null,
      images: 'expired',
    });
    const [third] = scenarioOf(
      minimal.replace('{}', '{ account: { reregisters: 20s, deregistrationDelay: 0s } }'),
    ).services;
    expect(third?.account).toMatchObject({ reregisters: 20_000, deregistrationDelay: 0 });
  });

  it('takes traffic as steps', () => {
    const traffic = '[{ at: 0m, rate: 120/s }, { at: 10m, rate: 400/s }]';
    const [service] = scenarioOf(minimal.replace('{}', `{ traffic: ${traffic} }`)).services;
    expect(service?.traffic).toEqual([
      { at: 0, rate: 120 },
      { at: 600_000, rate: 400 },
    ]);
  });

  it('takes one expectation or a list of those that are fine', () => {
    const one = scenarioOf(`${minimal}expect: { outcome: recovered, detectedWithin: 5m }`).expect;
    expect(one).toEqual({ outcome: ['recovered'], detectedWithin: 300_000 });
    const several = scenarioOf(`${minimal}expect: { outcome: [recovered, handed-over] }`).expect;
    expect(several.outcome).toEqual(['recovered', 'handed-over']);
  });

  it.each([
    ['an unknown key', `${minimal}colour: red`, 6, /colour is not known; allowed here: .*duration.*faults/],
    ['an unknown key of a service', minimal.replace('{}', '{ task: 6 }'), 5, /task is not known; allowed here: tasks/],
    ['a bad duration', minimal.replace('10m', 'ten'), 3, /duration is "ten"; allowed is .*5m/],
    ['a bad rate', minimal.replace('{}', '{ traffic: 120 }'), 5, /traffic is 120; allowed is .*120\/s/],
    ['a p50 above the p99', minimal.replace('{}', '{ latency: { p50: 1s, p99: 200ms } }'), 5, /p50/],
    [
      'a bad trait',
      minimal.replace('{}', '{ account: { reregisters: often } }'),
      5,
      /reregisters is "often"; allowed is a duration such as 20s, or never/,
    ],
    [
      'an unknown trait',
      minimal.replace('{}', '{ account: { sidecars: true } }'),
      5,
      /sidecars is not known; allowed here: deployedBy/,
    ],
    [
      'a delay that no load balancer has',
      minimal.replace('{}', '{ account: { deregistrationDelay: 2h } }'),
      5,
      /deregistrationDelay is "2h"; allowed is at most 3600s/,
    ],
    ['a bad policy', minimal.replace('{}', '{ recovery: { mode: bold } }'), 5, /mode is "bold"; allowed is observe/],
    [
      'an unknown expectation',
      `${minimal}expect: { outcom: recovered }`,
      6,
      /outcom is not known; allowed here: outcome/,
    ],
    [
      'a bad outcome',
      `${minimal}expect: { outcome: fine }`,
      6,
      /outcome is "fine"; allowed is .*recovered, handed-over/,
    ],
    ['a bad action', `${minimal}expect: { never: [reboot] }`, 6, /"reboot"; allowed is deregister-target/],
    [
      'an unknown kind of fault',
      `${minimal}faults:\n  - { at: 5m, kind: meteor, service: checkout }`,
      7,
      /"meteor"; allowed is .*slow-task/,
    ],
    [
      'an unknown key of a fault',
      `${minimal}faults:\n  - { at: 5m, kind: slow-task, service: checkout, tasks: 1, factor: 10, rate: 5% }`,
      7,
      /rate is not known; allowed here: .*factor/,
    ],
    [
      'a fault on a service that is not there',
      `${minimal}faults:\n  - { at: 5m, kind: slow-task, service: cart, tasks: 1, factor: 10 }`,
      7,
      /there is no service "cart"; there is checkout/,
    ],
    [
      'a fault after the end',
      `${minimal}faults:\n  - { at: 50m, kind: slow-task, service: checkout, tasks: 1, factor: 10 }`,
      7,
      /faults\[0\]\.at: 50m is not within the duration; allowed is from 0m to less than 10m\./,
    ],
    [
      'a fault that ends before it begins',
      `${minimal}faults:\n  - { at: 5m, until: 4m, kind: slow-task, service: checkout, tasks: 1, factor: 10 }`,
      7,
      /later than/,
    ],
    [
      'a fault on more tasks than there are',
      `${minimal}faults:\n  - { at: 5m, kind: slow-task, service: checkout, tasks: 7, factor: 10 }`,
      7,
      /faults\[0\]\.tasks: 7 is too many; checkout has 6 tasks\./,
    ],
    [
      'a zone the service is not in',
      `${minimal}faults:\n  - { at: 5m, kind: zone-impairment, service: checkout, zone: d }`,
      7,
      /faults\[0\]\.zone: d is no zone of checkout; there is a, b, c\./,
    ],
    [
      'a zone no service is in',
      `${minimal}faults:\n  - { at: 5m, kind: zone-impairment, zone: d }`,
      7,
      /zone: d is no zone of any service/,
    ],
    [
      'two revisions with one id',
      minimal.replace('{}', '{ revisions: [{ id: "41", deployed: -7d }, { id: 41, deployed: -3d }] }'),
      5,
      /revisions\[1\]\.id: there are two revisions 41/,
    ],
    [
      'revisions that are not oldest first',
      minimal.replace('{}', '{ revisions: [{ id: "41", deployed: -3d }, { id: "42", deployed: -7d }] }'),
      5,
      /revisions\[1\]\.deployed: -7d is before the revision above it, -3d; the oldest comes first\./,
    ],
    [
      'no revision that is deployed before the start',
      minimal.replace('{}', '{ revisions: [{ id: "41", deployed: 1m }] }'),
      5,
      /revisions: none is deployed before the start/,
    ],
    [
      'traffic steps out of order',
      minimal.replace('{}', '{ traffic: [{ at: 5m, rate: 9/s }, { at: 90s, rate: 8/s }] }'),
      5,
      /traffic\[1\]\.at: 90s is not later than the step before it, 5m\./,
    ],
    [
      'a duration of more than a week',
      minimal.replace('10m', '8d'),
      3,
      /duration: 8d is too long; allowed is at most 7d/,
    ],
    ['no service', minimal.replace('checkout: {}', '{}'), 4, /at least one/],
  ])('is refused with %s, naming file, line and what is allowed', (_, text, line, says) => {
    const problems = problemsOf(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^test\\.yaml:${line}: `));
    expect(problems[0]).toMatch(says);
  });

  it('may hold a fault that outlasts it, and one on all tasks', () => {
    const fault = '{ at: 5m, until: 2h, kind: slow-task, service: checkout, tasks: all, factor: 10 }';
    expect(problemsOf(`${minimal}faults:\n  - ${fault}`)).toEqual([]);
  });

  it('is refused when it is empty or no YAML', () => {
    expect(problemsOf('')).toEqual(['test.yaml:1: the file is empty.']);
    expect(problemsOf('name: [')).not.toEqual([]);
  });

  it('names every problem, the first line first', () => {
    const lines = problemsOf('name: 7\nduration: ten\nservices:\n  checkout: { tasks: 0 }\n');
    expect(lines.map((line) => line.split(':')[1])).toEqual(['1', '2', '4']);
  });
});
