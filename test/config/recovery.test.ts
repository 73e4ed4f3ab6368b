import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { modes } from '../../lambdas/contract/settings.ts';
import { renderProblem } from '../../lib/config/read-yaml.ts';
import { type Recovery, readRecovery, recoveryJsonSchema } from '../../lib/config/recovery.ts';

const example = readFileSync(new URL('../../recovery.yaml', import.meta.url), 'utf8');

function valid(text: string): Recovery {
  const read = readRecovery('recovery.yaml', text);
  if ('problems' in read) throw new Error(read.problems.map(renderProblem).join('\n'));
  return read.value;
}

const complaints = (text: string): readonly string[] => {
  const read = readRecovery('recovery.yaml', text);
  return 'problems' in read ? read.problems.map(renderProblem) : [];
};

/** The example with one piece of text replaced; fails when the piece is not there. */
const edited = (from: string, to: string): string => {
  expect(example).toContain(from);
  return example.replace(from, to);
};

describe('the example recovery.yaml', () => {
  it('is valid', () => expect(complaints(example)).toEqual([]));

  it('lets a service override its defaults field by field', () => {
    const [checkout, search] = valid(example).services;
    expect(checkout?.settings.mode).toBe('observe');
    expect(search?.settings.mode).toBe('automatic');
    expect(search?.settings.limits).toEqual(checkout?.settings.limits);
    expect(search?.settings.alarms.latency).toEqual({ threshold: 0.3, minimumRequests: 100, breaching: 2, of: 3 });
  });

  it('sends each service to the topic of its owner', () => {
    expect(valid(example).services.map(({ settings }) => settings.topic)).toEqual([
      'arn:aws:sns:eu-central-1:123456789012:paramedic-prod-shop',
      'arn:aws:sns:eu-central-1:123456789012:paramedic-prod-platform',
    ]);
  });

  it('lets a topic have 20 messages in 10 minutes, unless it says otherwise', () => {
    expect(valid(example).install.messages).toEqual({ most: 20, window: { minutes: 10 } });
    const of = (messages: string) => valid(edited('  logRetention: 90d\n', `  ${messages}\n`)).install.messages;
    expect(of('messages: { most: 5 }')).toEqual({ most: 5, window: { minutes: 10 } });
    expect(of('messages: { window: 90s }')).toEqual({ most: 20, window: { seconds: 90 } });
    expect(of('messages: { window: 30m }\n  sweepEvery: 30m')).toEqual({ most: 20, window: { minutes: 30 } });
  });

  it('yields settings that survive JSON', () => {
    for (const { settings } of valid(example).services) expect(JSON.parse(JSON.stringify(settings))).toEqual(settings);
  });
});

describe('recovery.yaml is refused when', () => {
  it.each([
    [
      'a mode does not exist',
      'mode: observe #',
      'mode: bold #',
      /:29: defaults\.mode is "bold".*observe, approve or automatic/,
    ],
    [
      'an ARN is in another Region',
      'region: eu-central-1',
      'region: us-east-1',
      /:27: defaults\.cluster: is in eu-central-1/,
    ],
    ['an ARN is of another account', '"123456789012" #', '"210987654321" #', /belongs to the account 123456789012/],
    [
      'an ARN is in another partition',
      'arn:aws:ecs',
      'arn:aws-cn:ecs',
      /:27: .*partition aws-cn; eu-central-1 is in aws\./,
    ],
    [
      'people would get no single message at all',
      '  logRetention: 90d\n',
      '  messages: { most: 1 }\n',
      /:13: install\.messages\.most is 1; allowed is a whole number from 2 to 100\.$/,
    ],
    [
      'messages are counted for longer than they are remembered',
      '  logRetention: 90d\n',
      '  messages: { window: 31m }\n',
      /:13: install\.messages\.window is "31m"; allowed is from 1m to 30m\.$/,
    ],
    [
      'a window would end before anybody looks for its summary',
      '  logRetention: 90d\n',
      '  sweepEvery: 11m\n',
      /:13: install\.sweepEvery is "11m"; allowed is at most messages\.window: a sweep sends the summary of a window\.$/,
    ],
    [
      'a service depends on one that is not there',
      '    service: checkout\n',
      '    service: checkout\n    dependsOn: [search, payments]\n',
      /services\.checkout\.dependsOn\[1\].*payments is none of the services/,
    ],
    [
      'a service depends on itself',
      '    service: checkout\n',
      '    service: checkout\n    dependsOn: [checkout]\n',
      /services\.checkout\.dependsOn\[0\].*is the service itself/,
    ],
    [
      'a share of the incidents could be one percent or all',
      '    service: checkout\n',
      '    service: checkout\n    enforce: 1\n',
      /services\.checkout\.enforce is 1; allowed is a percentage such as 50%, where 1 could mean 1% or 100%/,
    ],
    [
      'a freeze has no end',
      '    service: checkout\n',
      '    service: checkout\n    freezes: [{ from: 2026-12-20T00:00Z, why: holidays }]\n',
      /services\.checkout\.freezes\[0\]/,
    ],
    [
      'it may be rolled back without its roles being given',
      '    passRoles: [arn:aws:iam::123456789012:role/search-task]\n',
      '',
      /services\.search\.passRoles: is not given, and ECS refuses restart-service \(mode automatic\) without; list what aws ecs describe-task-definition --task-definition search --query '\[taskDefinition\.taskRoleArn, taskDefinition\.executionRoleArn\]' prints, or \[\] where it prints null\.$/,
    ],
    [
      'a family is named with a revision',
      'taskDefinition: checkout\n',
      'taskDefinition: checkout:42\n',
      /services\.checkout\.taskDefinition is "checkout:42"; allowed is the name of a family, without a revision/,
    ],
    [
      'an owner is unknown',
      'owner: platform',
      'owner: nobody',
      /:59: services\.search\.owner: nobody is none of the owners/,
    ],
    [
      'two services are one',
      'service: search\n',
      'service: checkout\n',
      /search\.service: is the ECS service of checkout too/,
    ],
    [
      'a target group belongs to two',
      'targetgroup/search-api/0123456789abcdef',
      'targetgroup/checkout/73e2d6bc24d8a067',
      /targetGroups\[0\]: is a target group of checkout too/,
    ],
    [
      'a latency threshold is missing',
      '{ threshold: 800ms }',
      '{ percentile: p90 }',
      /alarms\.latency: needs a threshold/,
    ],
    [
      'an alarm can never go off',
      '{ threshold: 2% }',
      '{ threshold: 2%, breaching: 4 }',
      /4 of 3 minutes can never breach/,
    ],
    [
      'a runbook is no absolute URL',
      'runbook: https://runbooks.example.com/search',
      'runbook: /search',
      /an absolute URL/,
    ],
    [
      'a runbook is missing',
      '    runbook: https://runbooks.example.com/search\n',
      '',
      /services\.search: names no runbook/,
    ],
    [
      'a verification would end too early',
      'cooldown: 5m',
      'cooldown: 5m\n  timing: { verifyWithin: 4m }',
      /at least 5m/,
    ],
    ['logs are kept for no possible time', 'logRetention: 90d', 'logRetention: 91d', /allowed is one of 1d, 3d/],
    [
      'the runbook of the installation has spaces',
      'runbook: https://docs.example.com/paramedic/runbook',
      'runbook: https://docs.example.com/our runbook',
      /:12: install\.runbook is .*without spaces/,
    ],
    [
      "a tag has AWS's own prefix",
      '    team: platform',
      '    AWS:team: platform',
      /:15: install\.tags\.AWS:team: begins with aws:/,
    ],
    ['a signal is an alarm of our own', 'alarm: search-slo', 'alarm: paramedic/prod/search', /heard anyway/],
    [
      'a load balancer has no target group',
      '    targetGroups:\n      - arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/checkout/73e2d6bc24d8a067\n',
      '',
      /give 1 to 5/,
    ],
    [
      'nothing would ever be heard',
      '{ alarm: search-slo-burn-rate, kind: latency }',
      '{ alarm: x, kind: latency, loud: true }',
      /loud is not known/,
    ],
  ])('%s', (_, from, to, expected) => {
    const says = complaints(edited(from, to));
    expect(says.join('\n')).toMatch(expected);
    for (const line of says) expect(line).toMatch(/^recovery\.yaml:\d+: .*\.$/);
  });

  it('a service behind a Network Load Balancer wants alarms of ours', () => {
    const text = edited('app/production-public/50dc6c495c0c9188', 'net/production-public/50dc6c495c0c9188');
    expect(complaints(text).join('\n')).toMatch(/Network Load Balancer, which counts no requests/);
  });
});

/** Two services that are heard through one own alarm each, the second's on line 17. */
const heardThrough = (one: string, other: string): string => {
  const worker = (id: string, signal: string) => `
  ${id}:
    owner: shop
    runbook: https://runbooks.example.com/${id}
    cluster: arn:aws:ecs:eu-central-1:123456789012:cluster/production
    service: ${id}
    alarms: none
    signals: [{ kind: errors, ${signal} }]`;
  return `install: { name: prod, account: "123456789012", region: eu-central-1 }
owners: { shop: { email: [a@example.com] } }
services:${worker('first', one)}${worker('second', other)}\n`;
};

describe("a team's own alarm", () => {
  it.each([
    ['equal names', 'alarm: slo', 'alarm: slo', 'slo of second is a signal of first too;'],
    [
      'a prefix first',
      'alarm: slo-, match: prefix',
      'alarm: slo-b',
      'slo-b of second is a signal of first too (as slo-);',
    ],
    [
      'a prefix last',
      'alarm: slo-b',
      'alarm: slo-, match: prefix',
      'slo- of second is a signal of first too (as slo-b);',
    ],
    [
      'a prefix of a prefix',
      'alarm: slo-, match: prefix',
      'alarm: slo-b, match: prefix',
      'slo-b of second is a signal of first too (as slo-);',
    ],
  ])('belongs to one service, told by %s', (_, one, other, says) => {
    expect(complaints(heardThrough(one, other))).toEqual([
      `recovery.yaml:17: services.second.signals[0].alarm: ${says} an alarm belongs to one service.`,
    ]);
  });

  it.each([
    ['alarm: slo', 'alarm: slo-b'],
    ['alarm: slo-a, match: prefix', 'alarm: slo-b, match: prefix'],
  ])('is told from another by its name: %s, %s', (one, other) =>
    expect(complaints(heardThrough(one, other))).toEqual([]),
  );
});

describe('a recovery.yaml without services', () => {
  it('is fine: an installation may stand before its first service', () => {
    expect(complaints(example.replace(/\nservices:\n[\s\S]*$/, '\nservices: {}\n'))).toEqual([]);
  });
});

describe('any line gone from the example', () => {
  const lines = example.split('\n');
  it.each(lines.map((line, index) => [index + 1, line]).filter(([, line]) => !/^\s*(#|$)/.test(String(line))))(
    'such as line %i leaves it valid or yields sentences that name a line: %s',
    (number) => {
      for (const says of complaints(lines.filter((_, index) => index + 1 !== number).join('\n')))
        expect(says).toMatch(/^recovery\.yaml:\d+: [^\n]+\.$/);
    },
  );
});

describe('the modes of recovery.yaml', () => {
  it.each(modes)('include %s', (mode) => {
    expect(complaints(edited('mode: observe #', `mode: ${mode} #`))).toEqual([]);
  });
});

describe('the roles of task definitions', () => {
  const without = (changes: Readonly<Record<string, string>> = {}) =>
    Object.entries(changes).reduce(
      (text, [from, to]) => {
        expect(text).toContain(from);
        return text.replace(from, to);
      },
      edited('    passRoles: [arn:aws:iam::123456789012:role/search-task]\n', ''),
    );

  it('need not be given where nothing is done that ECS asks them for', () => {
    expect(complaints(without({ 'mode: automatic\n': 'mode: observe\n' }))).toEqual([]);
    const actionModes = '      roll-back-deployment: observe # but never roll back by itself\n';
    expect(complaints(without({ [actionModes]: `${actionModes}      restart-service: observe\n` }))).toEqual([]);
  });

  it('must be given for whatever is to be approved or done, each named with its mode', () => {
    const modes = { 'roll-back-deployment: observe #': 'roll-back-deployment: approve #' };
    expect(complaints(without(modes))).toEqual([
      expect.stringContaining(
        'ECS refuses restart-service (mode automatic) and roll-back-deployment (mode approve) without;',
      ),
    ]);
    const byDefault = { 'mode: observe #': 'mode: approve #', '    mode: automatic\n': '' };
    expect(complaints(without(byDefault))).toEqual([expect.stringContaining('restart-service (mode approve)')]);
  });

  it('may be said not to be there', () => {
    const none = edited('[arn:aws:iam::123456789012:role/search-task]', '[]');
    expect(valid(none).services.map(({ passRoles }) => passRoles?.length)).toEqual([2, 0]);
    const observed = without({ 'mode: automatic\n': 'mode: observe\n' });
    expect(valid(observed).services.map(({ passRoles }) => passRoles)).toEqual([expect.any(Array), null]);
  });
});

describe('a service without a load balancer', () => {
  it('is heard through the alarms of its team alone', () => {
    const text = `
install: { name: prod, account: "123456789012", region: eu-central-1 }
owners: { shop: { email: [a@example.com] } }
services:
  worker:
    owner: shop
    runbook: https://runbooks.example.com/worker
    cluster: arn:aws:ecs:eu-central-1:123456789012:cluster/production
    service: worker
    alarms: none
    signals: [{ alarm: worker-, match: prefix, kind: errors }]
`;
    const [worker] = valid(text).services;
    expect(worker?.settings.resources).toMatchObject({ loadBalancer: '', targetGroups: [] });
    expect(Object.values(worker?.settings.alarms ?? {})).toEqual([null, null, null, null, null]);
  });
});

describe('the JSON Schema of recovery.yaml', () => {
  it('describes every field, for editors', () => {
    const undescribed: string[] = [];
    const visit = (node: unknown, path: string) => {
      if (typeof node !== 'object' || node === null) return;
      const { properties } = node as { properties?: Record<string, { description?: string }> };
      for (const [key, field] of Object.entries(properties ?? {}))
        if (!field.description) undescribed.push(`${path}.${key}`);
      for (const [key, inner] of Object.entries(node)) visit(inner, `${path}.${key}`);
    };
    visit(recoveryJsonSchema(), '$');
    expect(undescribed).toEqual([]);
  });
});
