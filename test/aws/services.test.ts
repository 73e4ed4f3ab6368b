import { ECSClient } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { reading } from '../../lambdas/aws/clients.ts';
import { awsServices } from '../../lambdas/aws/services.ts';
import { cluster, digest, groupA, groupB, settings, taskArn, taskDefinition } from '../pipeline/build.ts';
import { account, deployments, ecsTask, revision, service, world } from '../recorded/answers.ts';
import { failure, useRecordedAccount } from '../recorded/recorded-account.ts';

type Marks = {
  readonly tags?: readonly object[];
  readonly labels?: readonly (Readonly<Record<string, string>> | undefined)[];
};

const aws = useRecordedAccount();
const reader = () => awsServices(new ECSClient({ ...reading, endpoint: aws.endpoint }));
const read = () => reader().describe(settings());
const shape = async (given: object) => {
  aws.answer(world({ service: service(given) }));
  return (await read()).shape;
};

describe('awsServices: the service', () => {
  it('reads counts, limits and shape', async () => {
    aws.answer(world());
    expect(await read()).toEqual({
      shape: { controller: 'ECS', strategy: 'ROLLING', scheduling: 'REPLICA', reachedBy: ['alb'] },
      desired: 2,
      running: 2,
      pending: 0,
      minimumHealthyPercent: 100,
      maximumPercent: 150,
      tasks: [],
      stopped: [],
      deployments: [],
    });
    expect(aws.bodies('ecs.DescribeServices')).toEqual([{ cluster, services: ['checkout'] }]);
  });

  it('says so when ECS does not know the service', async () => {
    aws.answer(world({ service: null }));
    await expect(read()).rejects.toThrow(
      `DescribeServices does not know the service "checkout" in ${cluster}: MISSING.`,
    );
  });

  it('refuses a service that is being deleted', async () => {
    aws.answer(world({ service: service({ status: 'DRAINING' }) }));
    await expect(read()).rejects.toThrow('The ECS service "checkout" is DRAINING, not ACTIVE.');
  });

  it('refuses an answer without the counts', async () => {
    aws.answer(world({ service: service({ desiredCount: undefined }) }));
    await expect(read()).rejects.toThrow('DescribeServices answered without desiredCount.');
  });

  it.each([
    ['no controller', {}, { controller: 'ECS' }],
    ['CodeDeploy', { deploymentController: { type: 'CODE_DEPLOY' } }, { controller: 'CODE_DEPLOY' }],
    ['blue/green', { deploymentConfiguration: { strategy: 'BLUE_GREEN' } }, { strategy: 'BLUE_GREEN' }],
    ['a daemon', { schedulingStrategy: 'DAEMON' }, { scheduling: 'DAEMON' }],
    ['no load balancer', { loadBalancers: [] }, { reachedBy: [] }],
    [
      'a group that is not configured',
      { loadBalancers: [{ targetGroupArn: groupB }] },
      { reachedBy: ['other-target-group'] },
    ],
    [
      'a configured group with another one for blue/green',
      { loadBalancers: [{ targetGroupArn: groupA, advancedConfiguration: { alternateTargetGroupArn: groupB } }] },
      { reachedBy: ['other-target-group'] },
    ],
    ['Cloud Map', { loadBalancers: [], serviceRegistries: [{ registryArn: 'a' }] }, { reachedBy: ['cloud-map'] }],
    [
      'Service Connect',
      {
        deployments: [
          { status: 'PRIMARY', serviceConnectConfiguration: { enabled: true, services: [{ portName: 'a' }] } },
        ],
      },
      { reachedBy: ['alb', 'service-connect'] },
    ],
    [
      'Service Connect as a client only',
      { deployments: [{ status: 'PRIMARY', serviceConnectConfiguration: { enabled: true } }] },
      { reachedBy: ['alb'] },
    ],
    [
      'VPC Lattice',
      { deployments: [{ status: 'PRIMARY', vpcLatticeConfigurations: [{ roleArn: 'r' }] }] },
      { reachedBy: ['alb', 'lattice'] },
    ],
  ])('knows the shape with %s', async (_, given, expected) => {
    expect(await shape(given)).toMatchObject(expected);
  });

  it('knows a Network Load Balancer by the name of the configured one', async () => {
    aws.answer(world());
    const given = settings({ resources: { ...settings().resources, loadBalancer: 'net/shop/0123456789abcdef' } });
    expect((await reader().describe(given)).shape.reachedBy).toEqual(['nlb']);
  });

  it('asks for no service deployments where another controller deploys', async () => {
    await shape({ deploymentController: { type: 'EXTERNAL' } });
    expect(aws.operations()).not.toContain('ecs.ListServiceDeployments');
  });
});

describe('awsServices: tasks', () => {
  it('lists running and stopped tasks over all pages and describes a hundred at a time', async () => {
    const arns = Array.from({ length: 150 }, (_, n) => taskArn(n));
    aws.answer(world({ running: [arns.slice(0, 100), arns.slice(100)] }));
    expect((await read()).tasks).toHaveLength(150);
    expect(aws.bodies('ecs.ListTasks')).toEqual(
      expect.arrayContaining([
        { cluster, serviceName: 'checkout', desiredStatus: 'RUNNING' },
        { cluster, serviceName: 'checkout', desiredStatus: 'RUNNING', nextToken: '1' },
        { cluster, serviceName: 'checkout', desiredStatus: 'STOPPED' },
      ]),
    );
    const sizes = aws.bodies('ecs.DescribeTasks').map((body) => (body as { tasks: string[] }).tasks.length);
    expect(sizes.sort((a, b) => a - b)).toEqual([50, 100]);
  });

  it('reads a task with an interface of its own', async () => {
    aws.answer(world({ running: [[taskArn(1)]] }));
    expect((await read()).tasks).toEqual([
      {
        task: { cluster, task: taskArn(1) },
        zone: 'eu-central-1a',
        taskDefinition: taskDefinition(42),
        containers: [
          { container: 'app', digest: digest(42) },
          { container: 'proxy', digest: digest(1) },
          { container: 'init', digest: null },
        ],
        status: 'running',
        createdAt: 1767600000000,
        startedAt: 1767600030000,
        addresses: [{ id: '10.0.0.1', port: null }],
      },
    ]);
    expect(aws.operations()).not.toContain('ecs.DescribeContainerInstances');
  });

  it('reads a task in bridge mode by its instance and host ports', async () => {
    const instance = `arn:aws:ecs:${account}:container-instance/shop/i1`;
    const bridge = {
      attachments: [],
      containerInstanceArn: instance,
      containers: [
        { name: 'app', imageDigest: digest(42), networkBindings: [{ hostPort: 32768 }, { hostPort: 32769 }] },
      ],
    };
    aws.answer(
      world({
        running: [[taskArn(1)]],
        task: (arn) => ({ ...ecsTask(arn), ...bridge }),
        instances: [{ containerInstanceArn: instance, ec2InstanceId: 'i-0abc' }],
      }),
    );
    expect((await read()).tasks).toMatchObject([
      {
        addresses: [
          { id: 'i-0abc', port: 32768 },
          { id: 'i-0abc', port: 32769 },
        ],
      },
    ]);
    expect(aws.bodies('ecs.DescribeContainerInstances')).toEqual([{ cluster, containerInstances: [instance] }]);
  });

  it.each([
    ['PROVISIONING', 'RUNNING', 'starting'],
    ['PENDING', 'RUNNING', 'starting'],
    ['ACTIVATING', 'RUNNING', 'starting'],
    ['RUNNING', 'RUNNING', 'running'],
    ['RUNNING', 'STOPPED', 'stopping'],
    ['DEACTIVATING', 'STOPPED', 'stopping'],
  ])('reads a task that is %s and is to be %s as %s', async (lastStatus, desiredStatus, status) => {
    aws.answer(world({ running: [[taskArn(1)]], task: (arn) => ({ ...ecsTask(arn), lastStatus, desiredStatus }) }));
    expect((await read()).tasks).toMatchObject([{ status }]);
  });

  it('reads why tasks stopped', async () => {
    const stopped = {
      lastStatus: 'STOPPED',
      stoppedAt: 1767600600,
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Exit 1',
    };
    aws.answer(world({ stopped: [[taskArn(2)]], task: (arn) => ({ ...ecsTask(arn), ...stopped }) }));
    expect(await read()).toMatchObject({
      tasks: [],
      stopped: [
        {
          task: { cluster, task: taskArn(2) },
          stoppedAt: 1767600600000,
          code: 'EssentialContainerExited',
          reason: 'Exit 1',
        },
      ],
    });
  });

  it('reads no more than two hundred of the tasks a crash loop leaves', async () => {
    const pages = Array.from({ length: 9 }, (_, page) =>
      Array.from({ length: 100 }, (_, n) => taskArn(page * 100 + n)),
    );
    const stopped = { lastStatus: 'STOPPED', stoppedAt: 1767600600 };
    aws.answer(world({ stopped: pages, task: (arn) => ({ ...ecsTask(arn), ...stopped }) }));
    expect((await read()).stopped).toHaveLength(200);
  });

  it('leaves out a task that was gone before it could be described', async () => {
    aws.answer(
      world({ running: [[taskArn(1), taskArn(2)]], task: (arn) => (arn === taskArn(1) ? null : ecsTask(arn)) }),
    );
    expect((await read()).tasks).toHaveLength(1);
  });
});

describe('awsServices: deployments', () => {
  it('reads the newest first, whatever the order of the answer, over all pages', async () => {
    const [first, second, third] = deployments({ n: 41, at: 1000 }, { n: 42, at: 2000 }, { n: 43, at: 3000 });
    aws.answer(world({ deployments: [[second, first], [third]] }));
    const read43 = await read();
    expect(read43.deployments.map(({ taskDefinition: definition }) => definition)).toEqual(
      [43, 42, 41].map(taskDefinition),
    );
    expect(read43.deployments[0]).toEqual({
      id: `arn:aws:ecs:${account}:service-deployment/shop/checkout/43`,
      status: 'successful',
      startedAt: 3000_000,
      finishedAt: 3300_000,
      taskDefinition: taskDefinition(43),
      definition: 'active',
      copyOf: null,
      content: expect.stringMatching(/^[0-9a-f]{32}$/),
      images: [{ container: 'app', image: 'shop/checkout:43', digest: digest(43) }],
      waits: false,
      rolledBackTo: null,
      noRollback: false,
    });
  });

  it.each([
    ['PENDING', 'pending'],
    ['IN_PROGRESS', 'in-progress'],
    ['SUCCESSFUL', 'successful'],
    ['STOP_REQUESTED', 'stopped'],
    ['STOPPED', 'stopped'],
    ['ROLLBACK_REQUESTED', 'rolling-back'],
    ['ROLLBACK_IN_PROGRESS', 'rolling-back'],
    ['ROLLBACK_SUCCESSFUL', 'rolled-back'],
    ['ROLLBACK_FAILED', 'failed'],
  ])('reads %s as %s', async (word, status) => {
    aws.answer(world({ deployments: [deployments({ n: 42, at: 1000, status: word })] }));
    expect((await read()).deployments).toMatchObject([{ status }]);
  });

  it('says which release a rollback went back to', async () => {
    aws.answer(
      world({
        deployments: [deployments({ n: 43, at: 2000, status: 'ROLLBACK_SUCCESSFUL' }, { n: 42, at: 1000 })],
        rollbacks: { 43: 42 },
      }),
    );
    expect((await read()).deployments.map(({ rolledBackTo }) => rolledBackTo)).toEqual([taskDefinition(42), null]);
    expect(aws.bodies('ecs.DescribeServiceDeployments')).toHaveLength(1);
  });

  it('takes the time it was asked for as the start of a pending deployment', async () => {
    aws.answer(world({ deployments: [deployments({ n: 42, at: 1000, status: 'PENDING', pending: true })] }));
    expect((await read()).deployments).toMatchObject([{ startedAt: 1000_000, finishedAt: null }]);
  });

  it('keeps the newest fifty, and describes twenty revisions at a time, each of them once', async () => {
    const many = deployments(...Array.from({ length: 60 }, (_, n) => ({ n: n + 1, at: n * 1000 + 1000 })));
    aws.answer(world({ deployments: [many] }));
    const services = reader();
    expect((await services.describe(settings())).deployments).toHaveLength(50);
    await services.describe(settings());
    const asked = aws
      .bodies('ecs.DescribeServiceRevisions')
      .map((body) => (body as { serviceRevisionArns: string[] }).serviceRevisionArns.length);
    expect(asked.sort((a, b) => a - b)).toEqual([10, 20, 20]);
  });

  it('asks again for a revision whose image was not resolved yet', async () => {
    const starting = { ...revision(42), containerImages: [{ containerName: 'app', image: 'shop/checkout:42' }] };
    aws.answer(
      world({ deployments: [deployments({ n: 42, at: 1000, status: 'IN_PROGRESS' })], revision: () => starting }),
    );
    const services = reader();
    expect((await services.describe(settings())).deployments).toMatchObject([
      { images: [{ container: 'app', image: 'shop/checkout:42', digest: null }] },
    ]);
    await services.describe(settings());
    expect(aws.bodies('ecs.DescribeServiceRevisions')).toHaveLength(2);
  });

  it('knows which task definitions can still be deployed, which only be copied, and which are gone', async () => {
    aws.answer({
      ...world({ deployments: [deployments({ n: 43, at: 3000 }, { n: 42, at: 2000 }, { n: 41, at: 1000 })] }),
      'ecs.DescribeTaskDefinition': ({ body }) => {
        const { taskDefinition: asked } = body as { taskDefinition: string };
        if (asked === taskDefinition(41)) return failure('ClientException', 'Unable to describe task definition.');
        return { json: { taskDefinition: { status: asked === taskDefinition(42) ? 'INACTIVE' : 'ACTIVE' } } };
      },
    });
    expect((await read()).deployments.map(({ definition }) => definition)).toEqual(['active', 'inactive', 'gone']);
  });

  it('knows a copy that was registered for a rollback by its tags, and what it is a copy of', async () => {
    const answer = (asked: string) =>
      asked === taskDefinition(44)
        ? { tags: [{ key: 'paramedic.copy-of', value: 'checkout:42' }], taskDefinition: { status: 'ACTIVE' } }
        : { taskDefinition: { status: 'INACTIVE' } };
    aws.answer({
      ...world({ deployments: [deployments({ n: 44, at: 3000 }, { n: 42, at: 1000 })] }),
      'ecs.DescribeTaskDefinition': ({ body }) => ({
        json: answer((body as { taskDefinition: string }).taskDefinition),
      }),
    });
    expect((await read()).deployments.map(({ copyOf }) => copyOf)).toEqual([taskDefinition(42), null]);
  });

  it('tells by their content which task definitions say the same, whatever their images and tags', async () => {
    const containers = (image: string, value = 'a') => [
      { name: 'app', image, environment: [{ name: 'MODE', value }], cpu: 0 },
    ];
    const answers: Record<string, object> = {
      [taskDefinition(44)]: {
        tags: [{ key: 'team', value: 'shop' }],
        taskDefinition: {
          cpu: '256',
          containerDefinitions: containers('shop@sha256:1'),
          revision: 44,
          status: 'ACTIVE',
        },
      },
      [taskDefinition(43)]: { taskDefinition: { containerDefinitions: containers('shop:43', 'b'), cpu: '256' } },
      [taskDefinition(42)]: {
        taskDefinition: {
          status: 'INACTIVE',
          revision: 42,
          deregisteredAt: 1,
          registeredBy: 'somebody',
          containerDefinitions: containers('shop:42'),
          cpu: '256',
        },
      },
    };
    aws.answer({
      ...world({ deployments: [deployments({ n: 44, at: 3000 }, { n: 43, at: 2000 }, { n: 42, at: 1000 })] }),
      'ecs.DescribeTaskDefinition': ({ body }) => ({
        json: answers[(body as { taskDefinition: string }).taskDefinition] ?? {},
      }),
    });
    const [copy, other, original] = (await read()).deployments.map(({ content }) => content);
    expect(copy).toBe(original);
    expect(other).not.toBe(original);
  });

  it('lists containers for which ECS has recorded nothing, and none that the task definition does not have', async () => {
    const containerDefinitions = [
      { name: 'app', image: 'shop/checkout:42' },
      { name: 'agent', image: 'agent:latest', versionConsistency: 'disabled' },
    ];
    aws.answer({
      ...world({ deployments: [deployments({ n: 42, at: 1000 })] }),
      'ecs.DescribeTaskDefinition': { json: { taskDefinition: { status: 'ACTIVE', containerDefinitions } } },
    });
    expect((await read()).deployments[0]?.images).toEqual([
      { container: 'app', image: 'shop/checkout:42', digest: digest(42) },
      { container: 'agent', image: 'agent:latest', digest: null },
    ]);
  });

  it.each([
    [[{ hookId: 'h', targetType: 'PAUSE', status: 'AWAITING_ACTION' }], true],
    [[{ hookId: 'h', targetType: 'AWS_LAMBDA', status: 'IN_PROGRESS' }], false],
    [undefined, false],
  ])('knows whether a deployment waits at a pause hook: %j', async (lifecycleHookDetails, waits) => {
    const listed = deployments({ n: 43, at: 2000, status: 'IN_PROGRESS' }, { n: 42, at: 1000 });
    const serviceDeploymentArn = listed[0]?.serviceDeploymentArn;
    aws.answer({
      ...world({ deployments: [listed] }),
      'ecs.DescribeServiceDeployments': {
        json: { serviceDeployments: [{ serviceDeploymentArn, lifecycleHookDetails }] },
      },
    });
    expect((await read()).deployments.map((each) => each.waits)).toEqual([waits, false]);
    expect(aws.bodies('ecs.DescribeServiceDeployments')).toEqual([{ serviceDeploymentArns: [serviceDeploymentArn] }]);
  });

  it.each([
    [
      'a tag',
      {
        tags: [
          { key: 'team', value: 'shop' },
          { key: 'paramedic.no-rollback', value: 'migrated' },
        ],
      },
      'migrated',
    ],
    ['a label of a container', { labels: [undefined, { 'paramedic.no-rollback': 'migrated' }] }, 'migrated'],
    ['a tag without a reason', { tags: [{ key: 'paramedic.no-rollback' }] }, 'no reason is given'],
    ['a label without a reason', { labels: [{ 'paramedic.no-rollback': ' ' }] }, 'no reason is given'],
    [
      'the reason of the label where the tag gives none',
      {
        tags: [{ key: 'paramedic.no-rollback', value: '' }],
        labels: [{ 'paramedic.no-rollback': 'migrated' }],
      },
      'migrated',
    ],
    ['no mark', { tags: [{ key: 'team', value: 'paramedic.no-rollback' }], labels: [{ team: 'shop' }] }, false],
  ] as readonly (readonly [string, Marks, string | false])[])(
    'reads whether a release must not be rolled back: %s',
    async (_, { tags, labels = [] }, noRollback) => {
      const containerDefinitions = labels.map((dockerLabels, n) => ({
        name: `container ${n}`,
        image: 'shop:42',
        dockerLabels,
      }));
      aws.answer({
        ...world({ deployments: [deployments({ n: 42, at: 1000 })] }),
        'ecs.DescribeTaskDefinition': { json: { taskDefinition: { status: 'ACTIVE', containerDefinitions }, tags } },
      });
      expect((await read()).deployments).toMatchObject([{ noRollback }]);
      expect(aws.bodies('ecs.DescribeTaskDefinition')).toEqual([
        { taskDefinition: taskDefinition(42), include: ['TAGS'] },
      ]);
    },
  );

  it('looks at the newest release though it is not successful, and knows nothing of one it does not look at', async () => {
    aws.answer(
      world({
        deployments: [
          deployments(
            { n: 44, at: 4000, status: 'IN_PROGRESS' },
            { n: 43, at: 3000, status: 'ROLLBACK_SUCCESSFUL' },
            { n: 42, at: 2000 },
          ),
        ],
      }),
    );
    const found = (await read()).deployments;
    expect(found.map(({ noRollback }) => noRollback)).toEqual([false, null, false]);
    expect(aws.bodies('ecs.DescribeTaskDefinition')).toHaveLength(2);
  });

  it('refuses a status it does not know', async () => {
    aws.answer(world({ deployments: [deployments({ n: 42, at: 1000, status: 'RESTING' })] }));
    await expect(read()).rejects.toThrow('ListServiceDeployments answered status "RESTING"; known are PENDING,');
  });

  it('surfaces what ECS denies', async () => {
    aws.answer({
      ...world(),
      'ecs.ListServiceDeployments': failure('AccessDeniedException', 'Not authorized.'),
    });
    await expect(read()).rejects.toThrow('Not authorized.');
  });
});
