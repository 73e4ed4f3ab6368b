import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { beforeEach, describe, expect, it } from 'vitest';
import { changing, reading } from '../../lambdas/aws/clients.ts';
import { sendOnce } from '../../lambdas/aws/send-once.ts';
import { serviceChanges } from '../../lambdas/aws/service-changes.ts';
import { targetChanges } from '../../lambdas/aws/target-changes.ts';
import { NotDone } from '../../lambdas/contract/not-done.ts';
import type { Changes } from '../../lambdas/ports/changes.ts';
import { cluster, groupA, groupB, targetRef, taskArn, taskDefinition } from '../pipeline/build.ts';
import { failure, noPause, queryFailure, queryResult, useRecordedAccount } from '../recorded/recorded-account.ts';

const aws = useRecordedAccount();
let changes: Changes;
beforeEach(() => {
  const requestHandler = { ...changing.requestHandler, requestTimeout: 200 };
  const config = { ...changing, requestHandler, endpoint: aws.endpoint };
  changes = {
    ...targetChanges(new ElasticLoadBalancingV2Client(config)),
    ...serviceChanges(new ECSClient(config), new ECSClient({ ...reading, endpoint: aws.endpoint })),
  };
});

const service = { cluster, service: 'checkout' };
const deployment = 'arn:aws:ecs:eu-central-1:123456789012:service-deployment/shop/checkout/abc';

describe('each change is one request with just these fields', () => {
  it.each([
    ['forceNewDeployment', 'UpdateService', { ...service, forceNewDeployment: true }],
    ['updateService', 'UpdateService', { ...service, taskDefinition: taskDefinition(41) }],
    ['stopTask', 'StopTask', { cluster, task: taskArn(1), reason: 'Paramedic: it fails.' }],
    ['stopServiceDeployment', 'StopServiceDeployment', { serviceDeploymentArn: deployment, stopType: 'ROLLBACK' }],
  ] as const)('%s', async (change, operation, body) => {
    aws.answer({ [`ecs.${operation}`]: { json: {} } });
    const calls: { [K in typeof change]: () => Promise<void> } = {
      forceNewDeployment: () => changes.forceNewDeployment(service),
      updateService: () => changes.updateService(service, taskDefinition(41)),
      stopTask: () => changes.stopTask({ cluster, task: taskArn(1) }, 'Paramedic: it fails.'),
      stopServiceDeployment: () => changes.stopServiceDeployment(deployment),
    };
    await calls[change]();
    expect(aws.requests.map(({ operation, body }) => ({ operation, body }))).toEqual([
      { operation: `ecs.${operation}`, body },
    ]);
  });

  it.each([
    ['deregisterTargets', 'DeregisterTargets'],
    ['registerTargets', 'RegisterTargets'],
  ] as const)('%s, per target group, with Id and Port of every target', async (change, operation) => {
    aws.answer({ [`elasticloadbalancing.${operation}`]: queryResult(operation, '') });
    await changes[change]([targetRef(1), targetRef(1, groupB), targetRef(2)]);
    expect(aws.bodies(`elasticloadbalancing.${operation}`)).toEqual([
      {
        Action: operation,
        Version: '2015-12-01',
        TargetGroupArn: groupA,
        'Targets.member.1.Id': '10.0.0.1',
        'Targets.member.1.Port': '8080',
        'Targets.member.2.Id': '10.0.0.2',
        'Targets.member.2.Port': '8080',
      },
      {
        Action: operation,
        Version: '2015-12-01',
        TargetGroupArn: groupB,
        'Targets.member.1.Id': '10.0.0.1',
        'Targets.member.1.Port': '8080',
      },
    ]);
  });
});

describe('a change', () => {
  it('of no targets is refused before anything is sent', async () => {
    await expect(changes.deregisterTargets([])).rejects.toThrow('an empty selection never means all');
    expect(aws.requests).toEqual([]);
  });

  it('gives StopTask a reason it takes', async () => {
    aws.answer({ 'ecs.StopTask': { json: {} } });
    await changes.stopTask({ cluster, task: taskArn(1) }, 'x'.repeat(300));
    expect(aws.bodies('ecs.StopTask')).toMatchObject([{ reason: 'x'.repeat(255) }]);
  });

  it.each([
    ['whose answer was lost', 'drop', false],
    ['that nobody answers', 'hang', false],
    ['that met an error of the service', failure('ServerException', 'Internal.', 500), false],
    ['that was denied', failure('AccessDeniedException', 'Not authorized.'), true],
  ] as const)('%s is sent exactly once, and the error says whether nothing was done', async (_, answer, notDone) => {
    aws.answer({ 'ecs.StopTask': answer });
    const error = await changes.stopTask({ cluster, task: taskArn(1) }, 'why').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(error instanceof NotDone).toBe(notDone);
    expect(aws.operations()).toEqual(['ecs.StopTask']);
  });

  it('that a token bucket turned away is sent again: nothing was done', async () => {
    aws.answer({ 'ecs.StopTask': [failure('ThrottlingException', 'Rate exceeded'), { json: {} }] });
    await changes.stopTask({ cluster, task: taskArn(1) }, 'why');
    expect(aws.operations()).toEqual(['ecs.StopTask', 'ecs.StopTask']);
  });

  it('stops after the group that failed', async () => {
    const operation = 'elasticloadbalancing.DeregisterTargets';
    aws.answer({ [operation]: queryFailure('InternalFailure', 'Try later.', 500) });
    await expect(changes.deregisterTargets([targetRef(1), targetRef(1, groupB)])).rejects.toThrow('Try later.');
    expect(aws.bodies(operation)).toHaveLength(1);
  });
});

describe('sendOnce', () => {
  const named = (name: string) => Object.assign(new Error('Rate exceeded'), { name });

  it('gives up after four refusals, with growing random pauses between them: nothing was done', async () => {
    const pause = noPause();
    let sent = 0;
    const send = async () => {
      sent++;
      throw named('ThrottlingException');
    };
    await expect(sendOnce(send, pause)).rejects.toThrow(new NotDone('ThrottlingException: Rate exceeded'));
    expect(sent).toBe(4);
    expect(pause.waits).toHaveLength(3);
    expect(pause.waits.every((wait) => wait >= 0 && wait <= 4000)).toBe(true);
  });
});
