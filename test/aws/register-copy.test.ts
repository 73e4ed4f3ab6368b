import { ECSClient, RegisterTaskDefinitionRequest$, type TaskDefinition, TaskDefinition$ } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { changing, reading } from '../../lambdas/aws/clients.ts';
import { registerCopy } from '../../lambdas/aws/register-copy.ts';
import { answeredOnly, copyRequest } from '../../lambdas/aws/task-definitions.ts';
import { NotDone } from '../../lambdas/contract/not-done.ts';
import type { CopySpec } from '../../lambdas/ports/changes.ts';
import { digest, orderRef, taskDefinition } from '../pipeline/build.ts';
import { failure, type RecordedAnswer, useRecordedAccount } from '../recorded/recorded-account.ts';

const aws = useRecordedAccount();
const copy: CopySpec = {
  of: taskDefinition(42),
  original: taskDefinition(42),
  pins: { app: digest(42) },
  for: orderRef,
};
const register = (spec: CopySpec = copy) =>
  registerCopy(
    new ECSClient({ ...reading, endpoint: aws.endpoint }),
    new ECSClient({ ...changing, endpoint: aws.endpoint }),
    spec,
  );

/** Structures of the SDK's model: `[kind, namespace, name, traits, members, ...]`. */
const membersOf = (structure: unknown): readonly string[] => (structure as readonly unknown[])[4] as readonly string[];

const app = { name: 'app', image: 'registry:5000/shop:42', environment: [{ name: 'TOKEN', value: 'x' }], cpu: 0 };
const agent = { name: 'agent', image: 'agent:latest', versionConsistency: 'disabled' as const };
/** All that DescribeTaskDefinition may say of one. */
const described: TaskDefinition = {
  taskDefinitionArn: taskDefinition(42),
  family: 'checkout',
  revision: 42,
  status: 'INACTIVE',
  containerDefinitions: [app, agent],
  taskRoleArn: 'arn:aws:iam::123456789012:role/task',
  executionRoleArn: 'arn:aws:iam::123456789012:role/execution',
  networkMode: 'awsvpc',
  volumes: [{ name: 'data' }],
  placementConstraints: [],
  requiresAttributes: [{ name: 'com.amazonaws.ecs.capability.ecr-auth' }],
  compatibilities: ['EC2', 'FARGATE'],
  requiresCompatibilities: ['FARGATE'],
  runtimePlatform: { cpuArchitecture: 'ARM64' },
  cpu: '256',
  memory: '512',
  pidMode: 'task',
  ipcMode: 'none',
  proxyConfiguration: { containerName: 'proxy' },
  inferenceAccelerators: [],
  ephemeralStorage: { sizeInGiB: 30 },
  enableFaultInjection: false,
  registeredAt: new Date(1767600000000),
  deregisteredAt: new Date(1767600000000),
  deleteRequestedAt: new Date(1767600000000),
  registeredBy: 'arn:aws:iam::123456789012:role/deployer',
};
const tags = [
  { key: 'team', value: 'shop' },
  { key: 'aws:cloudformation:stack-name', value: 'checkout' },
  { key: 'AWS:other', value: 'x' },
];
const ownTags = [
  { key: 'paramedic.copy-of', value: 'checkout:42' },
  { key: 'paramedic.copied-for', value: `${orderRef.incidentId}/${orderRef.orderId}` },
];
const request = (given: Partial<TaskDefinition> = {}, spec = copy) =>
  copyRequest({ $metadata: {}, taskDefinition: { ...described, ...given }, tags }, spec);

describe('the request for a copy', () => {
  it('holds every member that RegisterTaskDefinition takes, as the SDK of today knows them', () => {
    const answered = membersOf(TaskDefinition$);
    const taken = membersOf(RegisterTaskDefinitionRequest$).filter((member) => member !== 'tags');
    expect([...answered].filter((member) => !(answeredOnly as readonly string[]).includes(member)).sort()).toEqual(
      [...taken].sort(),
    );
    // The sample has them all, so that what follows speaks of each.
    expect(Object.keys(described).sort()).toEqual([...answered].sort());
    expect(Object.keys(request()).sort()).toEqual([...taken, 'tags'].sort());
  });

  it('says of each what the original says, but for the images that are pinned', () => {
    const { containerDefinitions, tags: _, ...rest } = request();
    expect(described).toMatchObject(rest);
    expect(containerDefinitions).toEqual([{ ...app, image: `registry:5000/shop@${digest(42)}` }, agent]);
  });

  it('keeps the tags but those of AWS, and adds whose copy it is and for what', () => {
    expect(request().tags).toEqual([{ key: 'team', value: 'shop' }, ...ownTags]);
  });

  it('names the original of a copy that is copied, and replaces the tags it has from that', () => {
    const spec = { ...copy, of: taskDefinition(44) };
    const inherited = [...ownTags.map(({ key }) => ({ key, value: 'old' })), { key: 'team', value: 'shop' }];
    const made = copyRequest({ $metadata: {}, taskDefinition: described, tags: inherited }, spec);
    expect(made.tags).toEqual([{ key: 'team', value: 'shop' }, ...ownTags]);
  });

  it('has no more tags than ECS takes', () => {
    const many = Array.from({ length: 50 }, (_, n) => ({ key: `tag-${n}`, value: '' }));
    const made = copyRequest({ $metadata: {}, taskDefinition: described, tags: many }, copy);
    expect(made.tags).toHaveLength(50);
    expect(made.tags?.slice(-2)).toEqual(ownTags);
  });
});

/** The family as ECS would describe it, by revision; the newest active one by its name. */
function family(revisions: Readonly<Record<number, object>>, newest: number): (asked: string) => RecordedAnswer {
  return (asked) => {
    const revision = asked === 'checkout' ? newest : Number(asked.split(':').at(-1));
    const found = revisions[revision];
    return found === undefined ? failure('ClientException', 'Unable to describe task definition.') : { json: found };
  };
}
const sentence = (revision: number, change: object = {}, extra: object = {}) => ({
  taskDefinition: {
    taskDefinitionArn: taskDefinition(revision),
    family: 'checkout',
    revision,
    status: 'ACTIVE',
    containerDefinitions: [{ name: 'app', image: `shop:${revision}` }],
    ...change,
  },
  ...extra,
});
const copied = (revision: number, forWhat = `${orderRef.incidentId}/6`, image = `shop@${digest(42)}`) =>
  sentence(
    revision,
    { containerDefinitions: [{ name: 'app', image }] },
    {
      tags: [
        { key: 'paramedic.copy-of', value: 'checkout:42' },
        { key: 'paramedic.copied-for', value: forWhat },
      ],
    },
  );
const answer = (
  revisions: Readonly<Record<number, object>>,
  newest: number,
  registered: RecordedAnswer | 'drop' = { json: sentence(99) },
) => {
  const describe = family(revisions, newest);
  aws.answer({
    'ecs.DescribeTaskDefinition': ({ body }) => describe((body as { taskDefinition: string }).taskDefinition),
    'ecs.RegisterTaskDefinition': registered,
  });
};
const original = sentence(42, { status: 'INACTIVE' });

describe('registering a copy', () => {
  it('is one request, and answers with the new ARN', async () => {
    answer({ 42: original, 43: sentence(43) }, 43);
    expect(await register()).toBe(taskDefinition(99));
    expect(aws.bodies('ecs.RegisterTaskDefinition')).toEqual([
      {
        family: 'checkout',
        containerDefinitions: [{ name: 'app', image: `shop@${digest(42)}` }],
        tags: ownTags,
      },
    ]);
  });

  it.each([
    ['the newest', { 42: original, 43: sentence(43), 44: copied(44) }, 44],
    ['older than what somebody has registered since', { 42: original, 44: copied(44), 45: sentence(45) }, 45],
  ])('takes one that is there for the same incident, be it %s, and registers none', async (_, revisions, newest) => {
    answer(revisions, newest);
    expect(await register()).toBe(taskDefinition(44));
    expect(aws.bodies('ecs.RegisterTaskDefinition')).toEqual([]);
  });

  it.each([
    ['for another incident', copied(44, '20260101-000000-zzzzzzzz/6')],
    ['with another image', copied(44, undefined, `shop@${digest(7)}`)],
    ['that is not active', { ...copied(44), taskDefinition: { ...copied(44).taskDefinition, status: 'INACTIVE' } }],
    ['that is none', sentence(44)],
  ])('takes none %s', async (_, other) => {
    answer({ 42: original, 44: other }, 44);
    expect(await register()).toBe(taskDefinition(99));
  });

  it('looks at no more than five revisions, and at none as old as the original', async () => {
    const many = Object.fromEntries([60, 59, 58, 57, 56, 55].map((n) => [n, sentence(n)]));
    answer({ 42: original, ...many }, 60);
    await register();
    const asked = aws
      .bodies('ecs.DescribeTaskDefinition')
      .map((body) => (body as { taskDefinition: string }).taskDefinition);
    expect(asked).toEqual([taskDefinition(42), 'checkout', ...[59, 58, 57, 56].map(taskDefinition)]);
    aws.requests.length = 0;
    answer({ 42: original, 43: sentence(43) }, 43);
    await register();
    expect(aws.bodies('ecs.DescribeTaskDefinition')).toHaveLength(2);
  });

  it('is not done when the original is gone, or ECS cannot be read', async () => {
    answer({}, 43);
    await expect(register()).rejects.toThrow(
      new NotDone('The task definition checkout:42 is gone: AWS does not describe it any more.'),
    );
    aws.answer({ 'ecs.DescribeTaskDefinition': failure('AccessDeniedException', 'Not authorized.') });
    await expect(register()).rejects.toThrow(NotDone);
    expect(aws.bodies('ecs.RegisterTaskDefinition')).toEqual([]);
  });

  it('is not done when ECS turns it down', async () => {
    answer({ 42: original, 43: sentence(43) }, 43, failure('ClientException', 'Role is not valid'));
    await expect(register()).rejects.toThrow(new NotDone('ClientException: Role is not valid'));
  });

  it('is asked for once, and left open, when the answer is lost', async () => {
    answer({ 42: original, 43: sentence(43) }, 43, 'drop');
    await expect(register()).rejects.not.toThrow(NotDone);
    expect(aws.bodies('ecs.RegisterTaskDefinition')).toHaveLength(1);
  });
});
