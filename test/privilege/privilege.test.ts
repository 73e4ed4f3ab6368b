import { beforeAll, describe, expect, it, vi } from 'vitest';
import { controlsPartition } from '../../lambdas/contract/controls-item.ts';
import type { ActionKind } from '../../lambdas/contract/names.ts';
import { changes, grants } from '../../lambdas/contract/permissions.ts';
import type { ServiceSettings } from '../../lambdas/contract/settings.ts';
import type { ServiceFacts } from '../../lambdas/ports/sight.ts';
import type { RoleName } from '../../lib/constructs/permission-matrix.ts';
import { useRecordedAccount } from '../recorded/recorded-account.ts';
import { scenarioNamed, scenarioNames } from '../scenarios/play-all.ts';
import { allCalls, type Call } from './calls.ts';
import { Installed } from './installed.ts';
import { neededFor } from './needs.ts';
import { allows, applies, type Grant, grantsOf, keyOf, type Need, statementOf } from './policy.ts';
import { allRequests, type Made } from './requests.ts';
import { roleNames } from './roles.ts';

// Two facts: every call that any function makes in any scenario is granted by its role; and the role of each action can do
// its one change and nothing else. The calls are made again through the adapters, and their requests held against the roles
// of the template.

const services = [
  ...new Map(
    scenarioNames
      .flatMap((name) => scenarioNamed(name).services)
      .map(({ settings }) => [settings.id, settings] as const)
      .reverse(),
  ).values(),
];
const checkout = services.filter(({ id }) => id === 'checkout');

const aws = useRecordedAccount();
/** With so many services their stacks are not named, and policies are split. */
const all = new Installed(services, false);
const installations = {
  'with ECS managed tags': new Installed(checkout, true),
  'without ECS managed tags': new Installed(checkout, false),
};
const ways = Object.keys(installations) as readonly (keyof typeof installations)[];
const kinds = Object.keys(grants) as readonly ActionKind[];

type Needed = { readonly who: RoleName; readonly port: string; readonly need: Need };
let made: readonly Made[] = [];
let ownerOf: (task: string) => string;
/** What is needed by each installation, one of each. */
const needs = new Map<Installed, readonly Needed[]>();

beforeAll(async () => {
  // The wiring of the functions finds AWS by its environment, as in Lambda.
  process.env.AWS_ENDPOINT_URL = aws.endpoint;
  const runs = await allCalls();
  ownerOf = ownersOfTasks(runs);
  // Metrics go to the log, which is nobody's here.
  const log = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  made = await allRequests(aws, runs, all);
  log.mockRestore();
  for (const installed of [all, ...Object.values(installations)]) needs.set(installed, needsIn(installed));
});

function needsIn(installed: Installed): readonly Needed[] {
  const around = installed.surroundings(ownerOf);
  const found: readonly Needed[] = [
    ...made.flatMap(({ who, port, request }) => neededFor(request, around).map((need) => ({ who, port, need }))),
    ...installed.needsOfLambda().map((one) => ({ ...one, port: 'Lambda' })),
  ];
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
}

/** Whose task it is, by what ECS said in any of the runs; `''` for a task nobody was ever told of. */
function ownersOfTasks(runs: readonly (readonly Call[])[]): (task: string) => string {
  const owners = new Map<string, string>();
  for (const { port, args, answer } of runs.flat()) {
    if (port !== 'services' || answer === undefined) continue;
    const { resources } = args[0] as ServiceSettings;
    const { tasks, stopped } = answer as ServiceFacts;
    for (const fact of [...tasks, ...stopped]) owners.set(fact.task.task, resources.service);
  }
  return (task) => owners.get(task) ?? '';
}

describe('every call that is made', () => {
  it('is granted by the role of its function', () => {
    expect(JSON.stringify(all.roles.sweep)).toContain(':stack/*"');
    const needed = needs.get(all) ?? [];
    expect(needed.length).toBeGreaterThan(1000);
    expect(needed.filter(({ who, need }) => !allows(all.roles[who], need))).toEqual([]);
  });

  describe.each(ways)('%s', (way) => {
    const { roles, matrix } = installations[way];

    it.each(roleNames)('is why %s is granted anything, and the reference names the ports that make it', (who) => {
      const own = needs.get(installations[way])?.filter((one) => one.who === who) ?? [];
      const portsOf = (grant: Grant) => {
        const statement = statementOf(grant);
        const ports = own.filter(({ need }) => applies(statement, need)).map(({ port }) => port);
        return [...new Set(ports)].sort();
      };
      const said = matrix[who].flatMap(({ actions, resources, conditions, neededBy }) =>
        actions.flatMap((action) =>
          resources.map((resource) => [keyOf({ action, resource, conditions }), [...neededBy].sort()] as const),
        ),
      );
      expect(new Map(grantsOf(roles[who]).map((grant) => [keyOf(grant), portsOf(grant)]))).toEqual(new Map(said));
    });
  });
});

describe.each(ways)('%s, the role of an action', (way) => {
  const installed = installations[way];
  const { roles } = installed;
  const isAllowed = (kind: ActionKind, request: Made['request']) =>
    neededFor(request, installed.surroundings(ownerOf)).every((need) => allows(roles[kind], need));
  /** The changes that any action has asked for in any scenario, with the service each is about. */
  const changesMade = () =>
    made
      .filter(({ port }) => port.startsWith('change.'))
      .map((one) => ({ ...one, change: one.port.slice('change.'.length), about: serviceOf(one.request.body) }));

  it.each(kinds)('of %s may make its own change to the service that is configured', (kind) => {
    const own = changesMade().filter(({ who, about }) => who === kind && about === 'checkout');
    expect(new Set(own.map(({ change }) => change))).toEqual(new Set(grants[kind]));
    expect(own.filter(({ request }) => !isAllowed(kind, request))).toEqual([]);
  });

  it.each(kinds)('of %s may make no other change, and none to any other service', (kind) => {
    const isOwn = ({ change, about }: { change: string; about: string }) =>
      about === 'checkout' && (grants[kind] as readonly string[]).includes(change);
    const others = changesMade().filter((one) => !isOwn(one));
    expect(others.length).toBeGreaterThan(20);
    // Where tasks are not tagged, nothing tells those of one service from those of another; the reference says so.
    const known = (change: string) => kind === 'replace-task' && change === 'stopTask' && way.startsWith('without');
    expect(others.filter(({ change, request }) => !known(change) && isAllowed(kind, request))).toEqual([]);
    const withShell = changesMade()
      .filter(({ request }) => request.operation === 'ecs.UpdateService')
      .map(({ request }) => ({ ...request, body: { ...(request.body as object), enableExecuteCommand: true } }));
    expect(withShell.filter((request) => isAllowed(kind, request))).toEqual([]);
  });

  it.each(kinds)('of %s reaches nothing of another name, cluster, Region or account', (kind) => {
    const own = changesMade().filter(({ who, about }) => who === kind && about === 'checkout');
    const reached = own
      .map(({ request }) => neededFor(request, installed.surroundings(ownerOf)))
      .flatMap((needs) =>
        [...new Set(needs.map(({ action }) => action))].map((of) => needs.filter(({ action }) => action === of)),
      )
      .flatMap(elsewhere)
      .filter((needs) => needs.every((need) => allows(roles[kind], need)));
    const untagged = kind === 'replace-task' && way.startsWith('without');
    expect(
      reached.filter(([first]) => !(untagged && first?.resource.includes(':123456789012:task/simulated/'))),
    ).toEqual([]);
  });

  it.each(kinds)('of %s names all it allows; what may change anything is its own change and its records', (kind) => {
    const actions = new Set(grantsOf(roles[kind]).map(({ action }) => action));
    const passes = actions.has('ecs:UpdateService') ? ['iam:PassRole'] : [];
    const changing = [...actions].filter((action) => !/^[a-z-]+:(Describe|Get|List)[A-Za-z]+$/.test(action));
    expect(changing.sort()).toEqual(
      [...new Set([...grants[kind].flatMap((change) => [...changes[change]]), ...passes, ...keeping])].sort(),
    );
  });
});

// Not forbidden by IAM: the reference says why.
it('writes the pause in no function but those through which people ask for it', () => {
  const writes = (needs.get(all) ?? [])
    .filter(({ need }) => /^dynamodb:(Put|Update|Delete)Item$/.test(need.action))
    .filter(({ need }) => need.context['dynamodb:LeadingKeys']?.includes(controlsPartition));
  expect(new Set(writes.map(({ who }) => who))).toEqual(new Set(['stop', 'operate', 'installation']));
});

/** What every action does beside its change: it begins and ends its order in the ledger, and Lambda writes its logs. */
const keeping = [
  ...['ConditionCheckItem', 'PutItem', 'Query', 'UpdateItem'].map((action) => `dynamodb:${action}`),
  ...['Decrypt', 'Encrypt', 'GenerateDataKey', 'ReEncryptFrom', 'ReEncryptTo'].map((action) => `kms:${action}`),
  'logs:CreateLogStream',
  'logs:PutLogEvents',
];

/** The name of the service whose task, target group or deployment it is, or that is named. */
function serviceOf(body: unknown): string {
  const { TargetGroupArn, task, service, serviceDeploymentArn } = body as Readonly<Record<string, string | undefined>>;
  if (task !== undefined) return ownerOf(task);
  return service ?? serviceDeploymentArn?.split('/').at(-2) ?? TargetGroupArn?.split('/').at(-2) ?? '';
}

/** The same needs of somebody else: each of the names in its turn is another one. */
const elsewhere = (needs: readonly Need[]): readonly (readonly Need[])[] =>
  [
    ['checkout', 'another'],
    ['/simulated', '/another'],
    ['eu-central-1', 'us-east-1'],
    ['123456789012', '999999999999'],
  ]
    .map(([from = '', to = '']) => JSON.stringify(needs).replaceAll(from, to))
    .filter((text) => text !== JSON.stringify(needs))
    .map((text) => JSON.parse(text) as readonly Need[]);
