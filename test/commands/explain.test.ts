import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alarmEvent, anyEvent } from '../pipeline/detect/events.ts';
import { sampleAnswers } from '../pipeline/detect/sample-answers.ts';
import { paramedic, paramedicProcess } from './command-line.ts';

const sample = (file: string): string => fileURLToPath(new URL(`../fixtures/events/${file}`, import.meta.url));
const oneOfOurs = sample('doc_01_cloudwatch_alarm_state_change_alarm.json');

let folder = '';
let config = '';
/** Writes a file into the test's folder and returns its path. */
function file(name: string, content: string | object): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 1));
  return path;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'paramedic-explain-'));
  config = file(
    'recovery.yaml',
    `install: { name: prod, account: "123456789012", region: eu-central-1 }
owners: { shop: { email: [on-call@example.com] } }
services:
  checkout:
    owner: shop
    runbook: https://runbooks.example.com/checkout
    cluster: arn:aws:ecs:eu-central-1:123456789012:cluster/shop
    service: checkout
    loadBalancer: app/shop/50dc6c495c0c9188
    targetGroups: [arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/checkout/73e2d6bc24d8a067]
    alarms: { latency: { threshold: 400ms } }
    signals: [{ alarm: ServerCpuTooHigh, kind: latency }]
`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const explain = (event: string, ...more: readonly string[]) => paramedic('explain', event, '--config', config, ...more);
const json = async (event: string, ...more: readonly string[]) => {
  const { code, out, err } = await explain(event, '--json', ...more);
  return {
    code,
    err,
    ...(JSON.parse(out) as { readonly [key: string]: unknown; readonly actions: unknown; readonly verdicts: unknown }),
  };
};
const ours = (state = {}, detail = {}) => alarmEvent('paramedic/prod/checkout/latency', state, {}, detail);
const okAgain = () => alarmEvent('paramedic/prod/checkout/latency', { value: 'OK' }, { value: 'ALARM' });

describe('explain', () => {
  it('says that a firing alarm of ours opens an incident, and ends with 0', async () => {
    const { code, out, err } = await explain(file('firing.json', ours()));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('The alarm paramedic/prod/checkout/latency (latency of checkout) is firing since');
    expect(out).toContain('would open an incident for checkout, or join the one that is open');
  });

  it('prints exactly the promised fields with --json', async () => {
    const { code, out, err } = await explain(file('firing.json', ours()), '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toEqual({
      understood: true,
      service: 'checkout',
      kind: 'latency',
      state: 'firing',
      wouldOpen: true,
      wouldJoin: false,
      ignoredBecause: null,
      diagnosis: null,
      verdicts: null,
      actions: null,
    });
  });

  it('says that an alarm that is OK again joins as evidence and opens nothing', async () => {
    const event = file('ok.json', okAgain());
    expect(await json(event)).toMatchObject({ code: 0, state: 'resolved', wouldOpen: false, wouldJoin: false });
    expect((await explain(event)).out).toContain('would join the open incident of checkout as evidence');
  });

  it("takes a team's own alarm for what the configuration says it stands for", async () => {
    expect(await json(oneOfOurs)).toMatchObject({ code: 0, service: 'checkout', kind: 'latency', wouldOpen: true });
  });

  it.each([
    ['of another pipeline', alarmEvent('paramedic/test/checkout/latency'), 'other-pipeline'],
    ['of a service that is not configured', alarmEvent('paramedic/prod/billing/latency'), 'unknown-service'],
    ['of nobody here', alarmEvent('Somebody else'), 'not-our-alarm'],
    ['that is muted', ours({}, { muteDetail: { mutedByArn: 'x' } }), 'muted'],
    ['of another AWS service', anyEvent('aws.codedeploy', 'x'), 'other-source'],
    ['of ECS, which is only informational', anyEvent('aws.ecs', 'ECS Service Action'), 'informational'],
  ])('ends with 1 and one sentence for an event %s', async (_, event, because) => {
    const path = file('ignored.json', event);
    expect(await json(path)).toMatchObject({
      code: 1,
      ignoredBecause: because,
      err: expect.stringMatching(/^paramedic: .*\.\n$/),
    });
    expect((await explain(path)).out).toMatch(new RegExp(`^.*\\.\nNothing would be done \\(${because}\\)\\.\n$`));
  });
});

describe('explain --json, given a published sample,', () => {
  let nothingOwned = '';
  beforeAll(() => {
    nothingOwned = file('nothing-owned.yaml', readFileSync(config, 'utf8').replace(/^ {4}signals:.*$/m, ''));
  });

  it.each(sampleAnswers)('answers %s as it is fixed for it', async (name, understood, state, because) => {
    const { code, out } = await paramedic('explain', sample(name), '--json', '--config', nothingOwned);
    expect(code).toBe(because === 'not-an-event' ? 2 : 1);
    expect(JSON.parse(out)).toEqual({
      understood,
      service: null,
      kind: null,
      state,
      wouldOpen: false,
      wouldJoin: false,
      ignoredBecause: because,
      diagnosis: null,
      verdicts: null,
      actions: null,
    });
  });
});

describe('explain, given something it cannot use,', () => {
  const refused = async (path: string, sentence: RegExp) => {
    const { code, out, err } = await explain(path);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(sentence);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  };

  it('says where truncated JSON ends', async () => {
    const text = JSON.stringify(ours(), null, 1);
    await refused(file('truncated.json', text.slice(0, 120)), /truncated\.json:\d+: the JSON ends too early\.\n$/);
  });

  it('says where other text stops being JSON', () =>
    refused(file('no.json', '{\n "a": nonsense }'), /no\.json:\d: this is not valid JSON/));

  it('says that a file is empty', () =>
    refused(file('empty.json', ' \n'), /empty\.json is empty; it should hold one EventBridge event/));

  it('says that a file does not exist', () =>
    refused(join(folder, 'absent.json'), /absent\.json does not exist; give the path/));

  it('says that a folder is no file', () => refused(folder, /is a folder; give a file/));

  it('says that a list is not one event', () =>
    refused(file('list.json', [ours()]), /one EventBridge event at a time/));

  it('says that records of SNS are no event', () => refused(sample('pt_snsEvent.json'), /records of SNS/));

  it('says what is wrong with the configuration, file and line first', async () => {
    const broken = file('broken.yaml', 'install: { name: Prod! }\n');
    const { code, err } = await paramedic('explain', oneOfOurs, '--config', broken);
    expect(code).toBe(2);
    expect(err).toMatch(/broken\.yaml:1: install\.name is "Prod!"/);
  });

  it('says that a configuration is a folder', async () => {
    const { code, err } = await paramedic('explain', oneOfOurs, '--config', folder);
    expect({ code, err }).toEqual({ code: 2, err: `paramedic: ${folder} is a folder; give a file.\n` });
  });

  it('says that a configuration does not exist', async () => {
    const { code, err } = await paramedic('explain', oneOfOurs, '--config', 'absent.yaml');
    expect({ code, err }).toEqual({ code: 2, err: 'paramedic: --config absent.yaml: there is no such file.\n' });
  });

  it.each([['nowhere'], ['one-slow-task-of-six@soon'], ['@5m']])('says what --at takes, given %s', async (at) => {
    const { code, err } = await explain(oneOfOurs, '--at', at);
    expect(code).toBe(2);
    expect(err).toContain('Allowed is a scenario and a time in it, such as one-slow-task-of-six@8m.');
  });

  it('says when a time lies beyond the scenario, or the scenario is unknown', async () => {
    expect((await explain(oneOfOurs, '--at', 'one-slow-task-of-six@5h')).err).toContain('the scenario ends after');
    expect((await explain(oneOfOurs, '--at', 'no-such@5m')).err).toContain('there is no such scenario file');
  });
});

describe('explain --at', () => {
  const scenario = () =>
    file(
      'slow.yaml',
      `name: slow
duration: 20m
services: { checkout: { tasks: 4, traffic: 80/s, capacityPerTask: 60/s, recovery: { mode: automatic } } }
faults: [{ at: 5m, kind: slow-task, service: checkout, tasks: 1, factor: 10 }]
`,
    );

  it('looks at the world of a scenario and says what it would do there, and which guardrail says what', async () => {
    const found = await json(file('firing.json', ours()), '--at', `${scenario()}@8m`);
    expect(found).toMatchObject({ code: 0, wouldOpen: true, wouldJoin: false, diagnosis: 'sick-target' });
    expect(found.actions).toMatchObject([
      { kind: 'deregister-target', verdict: 'allow', reason: null, enforced: true, decided: false },
      { kind: 'replace-task', verdict: 'allow', reason: null, enforced: true, decided: false },
    ]);
    expect(found.verdicts).toContainEqual({
      action: 'deregister-target',
      guardrail: 'min-healthy-targets',
      verdict: 'allow',
      reason: null,
      says: '',
    });
  });

  it('joins the incident that is open there', async () => {
    const found = await json(file('firing.json', ours()), '--at', `${scenario()}@10m`);
    expect(found).toMatchObject({ code: 0, wouldOpen: false, wouldJoin: true, diagnosis: 'sick-target' });
    expect(found.actions).toMatchObject([{ kind: 'deregister-target', decided: true }, { kind: 'replace-task' }]);
  });

  it('says that nothing follows from an OK while nothing is open', async () => {
    const found = await json(file('ok.json', okAgain()), '--at', `${scenario()}@2m`);
    expect(found).toMatchObject({ code: 1, wouldOpen: false, wouldJoin: false, ignoredBecause: 'nothing-open' });
  });

  it('tells people the same in words', async () => {
    const { out } = await explain(file('firing.json', ours()), '--at', `${scenario()}@8m`);
    expect(out).toMatch(/Diagnosis: sick-target, \d+ % sure\n {2}for: /);
    expect(out).toMatch(/1\. deregister-target .*: would be done/);
    expect(out).toMatch(/Guardrails: all \d+ verdicts allow it\.\n$/);
  });

  it('knows only the services of the scenario', async () => {
    const other = file('other.json', alarmEvent('paramedic/prod/billing/latency'));
    expect(await json(other, '--at', `${scenario()}@8m`)).toMatchObject({ code: 1, ignoredBecause: 'unknown-service' });
  });
});

describe('the command line as a process', () => {
  it('reads an event from standard input', () => {
    const { code, out } = paramedicProcess(
      ['explain', '-', '--json', '--config', config],
      readFileSync(oneOfOurs, 'utf8'),
    );
    expect({ code, service: JSON.parse(out).service }).toEqual({ code: 0, service: 'checkout' });
  });

  it('never prints a stack trace', () => {
    const { code, err } = paramedicProcess(['explain', '-'], '{"detail-type": ');
    expect({ code, err }).toEqual({ code: 2, err: 'paramedic: standard input:1: the JSON ends too early.\n' });
  });
});
