import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changing, reading } from '../../../lambdas/aws/clients.ts';
import { serviceChanges } from '../../../lambdas/aws/service-changes.ts';
import { targetChanges } from '../../../lambdas/aws/target-changes.ts';
import { NotDone } from '../../../lambdas/contract/not-done.ts';
import type { TargetRef } from '../../../lambdas/contract/targets.ts';
import type { Changes } from '../../../lambdas/ports/changes.ts';
import { Account } from '../harness/account.ts';
import type { Fault } from '../harness/faults.ts';
import { Fleet } from '../harness/fleet.ts';

let account: Account;
let fleet: Fleet;
let changes: Changes;

beforeAll(async () => {
  account = await Account.open('100000004000');
  fleet = await Fleet.open(account, { tasks: 8, releases: [{ tag: '41', ago: 7 * 86_400_000 }] });
  // As deployed, but that a hanging call is given up within a test's patience.
  const client = {
    ...changing,
    ...account.client('changer'),
    requestHandler: { ...changing.requestHandler, requestTimeout: 1_500 },
  };
  changes = {
    ...serviceChanges(new ECSClient(client), new ECSClient({ ...reading, ...account.client('reader') })),
    ...targetChanges(new ElasticLoadBalancingV2Client(client)),
  };
});
afterAll(() => account.close());

/** A change of the first task or of the service, the operation it is, and how often moto has it done. */
type Change = {
  readonly operation: string;
  readonly ask: () => Promise<() => Promise<unknown>>;
  readonly count: () => Promise<number>;
};

const ref = () => {
  const { cluster, service } = fleet.resources;
  return { cluster, service };
};
/** A target that is registered in moto. */
const aTarget = async (): Promise<TargetRef> => {
  const registered = new Set((await fleet.targets()).map(({ Target }) => Target?.Id));
  const target = (await fleet.tasks()).flatMap((task) => fleet.targetsOf(task)).find(({ id }) => registered.has(id));
  if (target === undefined) throw new Error('No task is behind the load balancer.');
  return target;
};
let strangers = 0;
/** The same, but that nobody has its address. */
const aStranger = async (): Promise<TargetRef> => ({ ...(await aTarget()), id: `10.250.0.${++strangers}` });
const deployments = async () => fleet.history.all.length;

const kinds: Readonly<Record<keyof Changes, Change>> = {
  deregisterTargets: {
    operation: 'elasticloadbalancing.DeregisterTargets',
    ask: async () => {
      const target = await aTarget();
      return () => changes.deregisterTargets([target]);
    },
    count: async () => -(await fleet.targets()).length,
  },
  registerTargets: {
    operation: 'elasticloadbalancing.RegisterTargets',
    ask: async () => {
      const target = await aStranger();
      return () => changes.registerTargets([target]);
    },
    count: async () => (await fleet.targets()).length,
  },
  stopTask: {
    operation: 'ecs.StopTask',
    ask: async () => {
      const { cluster } = fleet.resources;
      const [task] = await fleet.tasks();
      return () => changes.stopTask({ cluster, task: task?.taskArn ?? '' }, 'It fails.');
    },
    count: async () => (await fleet.stoppedTasks()).length,
  },
  forceNewDeployment: {
    operation: 'ecs.UpdateService',
    ask: async () => () => changes.forceNewDeployment(ref()),
    count: deployments,
  },
  registerTaskDefinition: {
    operation: 'ecs.RegisterTaskDefinition',
    ask: async () => {
      const of = await fleet.taskDefinition();
      const order = { incidentId: `20260105-115500-${String(++strangers).padStart(8, '0')}`, orderId: '1' };
      return () => changes.registerTaskDefinition({ of, original: of, pins: {}, for: order });
    },
    count: async () => (await fleet.taskDefinitions()).length,
  },
  updateService: {
    operation: 'ecs.UpdateService',
    ask: async () => {
      const { taskDefinition } = await fleet.build('42');
      return () => changes.updateService(ref(), taskDefinition);
    },
    count: deployments,
  },
  stopServiceDeployment: {
    operation: 'ecs.StopServiceDeployment',
    ask: async () => {
      await fleet.deploy(await fleet.build('43'));
      const { ongoing } = fleet.history;
      return () => changes.stopServiceDeployment(ongoing?.arn ?? '');
    },
    count: async () => fleet.history.all.filter(({ rollback }) => rollback !== undefined).length,
  },
};

type Outcome = 'made' | 'not done' | 'unknown';
const outcomeOf = async (change: Promise<unknown>): Promise<Outcome> =>
  change.then(
    () => 'made' as const,
    (error: unknown) => (error instanceof NotDone ? 'not done' : 'unknown'),
  );

describe.each(Object.keys(kinds) as (keyof Changes)[])('%s', (kind) => {
  const { operation, ask, count } = kinds[kind];
  const sent = () => account.asked(operation).filter(({ caller }) => caller === 'changer');
  let make: () => Promise<unknown>;
  let before: number;
  beforeEach(async () => {
    make = await ask();
    before = await count();
    account.requests.length = 0;
  });
  afterEach(async () => {
    account.calm();
    await fleet.settle();
    fleet.health.endDraining();
  });

  it.each<[Fault, { outcome: Outcome; requests: number; made: number }]>([
    ['denied', { outcome: 'not done', requests: 1, made: 0 }],
    ['throttled', { outcome: 'not done', requests: 4, made: 0 }],
    ['unavailable', { outcome: 'unknown', requests: 1, made: 0 }],
    ['unreachable', { outcome: 'unknown', requests: 1, made: 0 }],
    ['hang', { outcome: 'unknown', requests: 1, made: 0 }],
    ['answer-lost', { outcome: 'unknown', requests: 1, made: 1 }],
  ])('that meets a fault for good (%s) ends as %j', async (fault, expected) => {
    account.strike(operation, fault);
    const outcome = await outcomeOf(make());
    expect({ outcome, requests: sent().length, made: (await count()) - before }).toEqual(expected);
  });

  it('that is turned away twice for its rate is made once', async () => {
    account.strike(operation, 'throttled', 2);
    expect(await outcomeOf(make())).toBe('made');
    expect(sent()).toHaveLength(3);
    expect((await count()) - before).toBe(1);
  });
});
