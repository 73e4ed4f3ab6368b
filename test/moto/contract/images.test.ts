import { createHash } from 'node:crypto';
import { CreateRepositoryCommand, ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reading } from '../../../lambdas/aws/clients.ts';
import { awsImages } from '../../../lambdas/aws/images.ts';
import { knownGood, waysAwayFrom } from '../../../lambdas/contract/known-good.ts';
import { restartChangesNothing } from '../../../lambdas/pipeline/guard/restart-changes-nothing.ts';
import { describeImages } from '../../contract/images-contract.ts';
import { deployment, guardFacts, hours, now, restart, standing } from '../../pipeline/build.ts';
import { Account } from '../harness/account.ts';

const describeOperation = 'ecr.DescribeImages';
let account: Account;
let made = 0;

beforeAll(async () => {
  account = await Account.open('200000000004');
});
beforeEach(() => {
  account.calm();
  account.requests.length = 0;
});
afterAll(() => account.close());

const client = () => new ECRClient({ ...reading, ...account.client() });
const resolve = (...references: readonly string[]) => awsImages(client()).resolve(references);
const registry = (id = account.id, region = account.region) => `${id}.dkr.ecr.${region}.amazonaws.com`;

async function freshRepository(): Promise<string> {
  const repositoryName = `team/shop-${++made}`;
  await client().send(new CreateRepositoryCommand({ repositoryName }));
  return repositoryName;
}

/** Pushes a manifest under a tag as Docker does: its digest is that of its text. */
async function push(repositoryName: string, imageTag: string, manifest: object): Promise<string> {
  const imageManifest = JSON.stringify(manifest);
  const imageDigest = `sha256:${createHash('sha256').update(imageManifest).digest('hex')}`;
  const { image } = await client().send(new PutImageCommand({ repositoryName, imageTag, imageManifest, imageDigest }));
  expect(image?.imageId?.imageDigest).toBe(imageDigest);
  return imageDigest;
}

/** An image for one architecture, another one at each call. */
function imageManifest() {
  const blob = (mediaType: string) => ({
    mediaType,
    size: 7,
    digest: `sha256:${String(++made).padStart(64, '0')}`,
  });
  return {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: blob('application/vnd.oci.image.config.v1+json'),
    layers: [blob('application/vnd.oci.image.layer.v1.tar+gzip')],
  };
}

/** Pushes an image for two architectures; says the digests of the list and of its images. */
async function pushIndex(repository: string, tag: string) {
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const amd64 = await push(repository, `${tag}-amd64`, imageManifest());
  const arm64 = await push(repository, `${tag}-arm64`, imageManifest());
  const manifests = Object.entries({ amd64, arm64 }).map(([architecture, digest]) => ({
    mediaType,
    size: 7,
    digest,
    platform: { architecture, os: 'linux' },
  }));
  const list = { schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests };
  return { index: await push(repository, tag, list), amd64, arm64 };
}

describeImages('ECR in moto', async () => {
  const repository = await freshRepository();
  return {
    repository: `${registry()}/${repository}`,
    resolve: (references) => resolve(...references),
    push: (tag) => push(repository, tag, imageManifest()),
  };
});

describe('awsImages over moto', () => {
  it('takes an image without a tag for the latest', async () => {
    const repository = await freshRepository();
    const image = `${registry()}/${repository}`;
    expect(await resolve(image)).toEqual({ [image]: null });
    const digest = await push(repository, 'latest', imageManifest());
    expect(await resolve(image)).toEqual({ [image]: digest });
  });

  it('resolves an image for several architectures to its list, not to one of them', async () => {
    const repository = await freshRepository();
    const { index, arm64 } = await pushIndex(repository, '42');
    const [image, ofArm64] = [`${registry()}/${repository}:42`, `${registry()}/${repository}:42-arm64`];
    expect(await resolve(image, ofArm64)).toEqual({ [image]: index, [ofArm64]: arm64 });
  });

  it('cannot tell what is in the registry of another account', async () => {
    const repository = await freshRepository();
    await push(repository, '42', imageManifest());
    const image = `${registry('999999999999')}/${repository}:42`;
    expect(await resolve(image)).toEqual({ [image]: null });
    account.strike(describeOperation, 'denied');
    const own = `${registry()}/${repository}:42`;
    expect(await resolve(own)).toEqual({ [own]: null });
  });

  it.each(['throttled', 'unavailable', 'unreachable'] as const)(
    'asks again after a request that was %s',
    async (fault) => {
      const repository = await freshRepository();
      const digest = await push(repository, '42', imageManifest());
      account.strike(describeOperation, fault, 2);
      expect(Object.values(await resolve(`${registry()}/${repository}:42`))).toEqual([digest]);
      expect(account.asked(describeOperation)).toHaveLength(3);
    },
  );
});

describe('a release whose image is for several architectures', () => {
  /** Two releases that served for days; the running one has the image that ECS noted with this digest. */
  async function world(noted: (pushed: Awaited<ReturnType<typeof pushIndex>>) => string) {
    const repository = await freshRepository();
    const [image, before] = [`${registry()}/${repository}:42`, `${registry()}/${repository}:41`];
    const running = noted(await pushIndex(repository, '42'));
    const earlier = noted(await pushIndex(repository, '41'));
    const deployments = [
      deployment(42, now - hours(72), { images: [{ container: 'app', image, digest: running }] }),
      deployment(41, now - hours(168), { images: [{ container: 'app', image: before, digest: earlier }] }),
    ];
    const facts = async () =>
      guardFacts({ standing: standing({ deployments, resolves: await resolve(image, before) }) });
    const [running42, earlierOne] = deployments;
    const ways = (given: Awaited<ReturnType<typeof facts>>) =>
      waysAwayFrom(running42 ?? deployment(0, 0), given).ways.map(({ to, route }) => [to, route.kind]);
    return { repository, earlier: earlierOne, facts, ways };
  }

  it('may be restarted and gone back to by its tag while that stands for the same list', async () => {
    const { facts, earlier, ways } = await world(({ index }) => index);
    const given = await facts();
    expect(restartChangesNothing.check(restart(), given)).toEqual({ kind: 'allow' });
    expect(ways(given)).toEqual([[earlier, 'as-it-is']]);
  });

  it('may be by a copy alone once one architecture was built anew', async () => {
    const { facts, repository, earlier, ways } = await world(({ index }) => index);
    for (const tag of ['41', '42']) await pushIndex(repository, tag);
    const given = await facts();
    expect(knownGood(given)).toHaveLength(2);
    expect(ways(given)).toEqual([[earlier, 'copy']]);
  });

  it('may be by a copy alone where ECS noted the digest of one architecture, which tells nothing of the tag', async () => {
    const { facts, earlier, ways } = await world(({ arm64 }) => arm64);
    expect(ways(await facts())).toEqual([[earlier, 'copy']]);
  });
});

describe('images by their digest', () => {
  it('are told to be gone by the registry that has them no more, and by no other', async () => {
    const repository = await freshRepository();
    const there = await push(repository, '42', imageManifest());
    const gone = `sha256:${'f'.repeat(64)}`;
    const images = [there, gone].map((digest) => `${registry()}/${repository}@${digest}`);
    const elsewhere = `${registry(account.id, 'us-east-1')}/${repository}@${gone}`;
    expect(await awsImages(client()).gone([...images, elsewhere])).toEqual([images[1]]);
    account.strike(describeOperation, 'unavailable');
    expect(await awsImages(client()).gone(images)).toEqual([]);
  });
});
