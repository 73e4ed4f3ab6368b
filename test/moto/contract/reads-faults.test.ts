import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { reading } from '../../../lambdas/aws/clients.ts';
import { awsServices } from '../../../lambdas/aws/services.ts';
import { awsTargets } from '../../../lambdas/aws/targets.ts';
import { settings } from '../../pipeline/build.ts';
import { Account } from '../harness/account.ts';
import type { Fault } from '../harness/faults.ts';
import { Fleet } from '../harness/fleet.ts';

let account: Account;
let fleet: Fleet;

beforeAll(async () => {
  account = await Account.open('100000005000');
  fleet = await Fleet.open(account);
});
afterAll(() => account.close());
afterEach(() => account.calm());

let readers = 0;
/** The newest reader: requests of an earlier one, whose answer nobody waits for any more, may still be on their way. */
const reader = () => `reader-${readers}`;
const sentBy = (caller: string, operation: string) => account.asked(operation).filter((one) => one.caller === caller);
/** How often each request was sent. */
function triesOf(caller: string, operation: string): readonly number[] {
  const sent = sentBy(caller, operation).map(({ raw }) => raw.toString('utf8'));
  return [...new Set(sent)].map((one) => sent.filter((other) => other === one).length);
}

/** A reader of a new process, as deployed, but that a hanging call is given up within a test's patience. */
function read(operation: string): Promise<unknown> {
  readers++;
  const requestHandler = { ...reading.requestHandler, requestTimeout: 1_500 };
  const client = { ...reading, ...account.client(reader()), requestHandler };
  const given = settings({ resources: fleet.resources });
  return operation.startsWith('ecs.')
    ? awsServices(new ECSClient(client)).describe(given)
    : awsTargets(new ElasticLoadBalancingV2Client(client)).health(given);
}

const operations = [
  'elasticloadbalancing.DescribeTargetHealth',
  'ecs.DescribeServices',
  'ecs.ListTasks',
  'ecs.DescribeTasks',
  'ecs.ListServiceDeployments',
  'ecs.DescribeServiceRevisions',
  'ecs.DescribeTaskDefinition',
];

describe.each(operations)('a read by %s', (operation) => {
  it.each<Fault>(['throttled', 'unavailable', 'unreachable', 'hang', 'answer-lost'])(
    'answers as ever after one request met a fault (%s)',
    async (fault) => {
      const whole = await read(operation);
      account.strike(operation, fault, 1);
      expect(await read(operation)).toEqual(whole);
      expect(sentBy(reader(), operation).filter(({ answeredBy }) => answeredBy === 'fault')).toHaveLength(1);
    },
  );

  it.each<[Fault, number, RegExp]>([
    ['unavailable', 4, /met a fault: unavailable/],
    ['unreachable', 4, /socket hang up|ECONNRESET/],
    ['denied', 1, /met a fault: denied/],
  ])('that meets a fault for good (%s) is rejected after %i requests', async (fault, requests, says) => {
    account.strike(operation, fault);
    await expect(read(operation)).rejects.toThrow(says);
    // Others of its kind that went out with it may still be trying.
    expect(Math.max(...triesOf(reader(), operation))).toBe(requests);
  });
});

it.each(['elasticloadbalancing.DescribeTargetHealth', 'ecs.DescribeServices'])(
  'a read by %s that is throttled for good is rejected after four requests',
  async (operation) => {
    account.strike(operation, 'throttled');
    await expect(read(operation)).rejects.toThrow('met a fault: throttled');
    expect(triesOf(reader(), operation)).toEqual([4]);
  },
);
