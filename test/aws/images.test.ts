import { ECRClient } from '@aws-sdk/client-ecr';
import { describe, expect, it } from 'vitest';
import { reading } from '../../lambdas/aws/clients.ts';
import { ecrImage } from '../../lambdas/aws/image-reference.ts';
import { awsImages } from '../../lambdas/aws/images.ts';
import { digest } from '../pipeline/build.ts';
import { failure, useRecordedAccount } from '../recorded/recorded-account.ts';

const aws = useRecordedAccount();
const operation = 'ecr.DescribeImages';
const registry = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const image = `${registry}/team/shop:42`;
const adapter = () => awsImages(new ECRClient({ ...reading, endpoint: aws.endpoint }));
const resolve = (...images: readonly string[]) => adapter().resolve(images);

describe('awsImages', () => {
  it('asks what a tag stands for', async () => {
    aws.answer({ [operation]: { json: { imageDetails: [{ imageDigest: digest(42) }] } } });
    expect(await resolve(image, image)).toEqual({ [image]: digest(42) });
    expect(aws.bodies(operation)).toEqual([
      { registryId: '123456789012', repositoryName: 'team/shop', imageIds: [{ imageTag: '42' }] },
    ]);
  });

  it('resolves a reference by digest to itself, without asking', async () => {
    const pinned = `${registry}/team/shop@${digest(42)}`;
    expect(await resolve(pinned)).toEqual({ [pinned]: digest(42) });
    expect(aws.requests).toEqual([]);
  });

  it.each(['nginx:1.27', 'public.ecr.aws/nginx/nginx:1', image.replace('eu-central-1', 'us-east-1')])(
    'cannot tell what %s stands for, and does not ask',
    async (other) => {
      expect(await resolve(other)).toEqual({ [other]: null });
      expect(aws.requests).toEqual([]);
    },
  );

  it.each(['ImageNotFoundException', 'RepositoryNotFoundException', 'AccessDeniedException'])(
    'cannot tell after %s',
    async (error) => {
      aws.answer({ [operation]: failure(error) });
      expect(await resolve(image)).toEqual({ [image]: null });
    },
  );

  it('cannot tell after four attempts at a registry in trouble', async () => {
    aws.answer({ [operation]: failure('ServerException', 'Try later.', 500) });
    expect(await resolve(image)).toEqual({ [image]: null });
    expect(aws.bodies(operation)).toHaveLength(4);
  });

  it('cannot tell from an answer without a digest', async () => {
    aws.answer({ [operation]: { json: { imageDetails: [] } } });
    expect(await resolve(image)).toEqual({ [image]: null });
  });

  it('tells of the others when one of them cannot be told', async () => {
    aws.respond(({ body }) =>
      JSON.stringify(body).includes('team/shop')
        ? failure('InvalidParameterException')
        : { json: { imageDetails: [{ imageDigest: digest(7) }] } },
    );
    const other = `${registry}/other:7`;
    expect(await resolve(image, other)).toEqual({ [image]: null, [other]: digest(7) });
  });
});

describe('awsImages: what is gone', () => {
  const pinned = `${registry}/team/shop@${digest(42)}`;
  const gone = (...images: readonly string[]) => adapter().gone(images);

  it('is what ECR does not have by its digest, asked for once', async () => {
    aws.answer({ [operation]: failure('ImageNotFoundException') });
    expect(await gone(pinned, pinned)).toEqual([pinned]);
    expect(aws.bodies(operation)).toEqual([
      { registryId: '123456789012', repositoryName: 'team/shop', imageIds: [{ imageDigest: digest(42) }] },
    ]);
    aws.answer({ [operation]: failure('RepositoryNotFoundException') });
    expect(await gone(pinned)).toEqual([pinned]);
  });

  it('is not what is there', async () => {
    aws.answer({ [operation]: { json: { imageDetails: [{ imageDigest: digest(42) }] } } });
    expect(await gone(pinned)).toEqual([]);
  });

  it.each(['AccessDeniedException', 'InvalidParameterException'])('is not known after %s', async (error) => {
    aws.answer({ [operation]: failure(error) });
    expect(await gone(pinned)).toEqual([]);
  });

  it('is not asked of registries that cannot be asked', async () => {
    const elsewhere = [`nginx@${digest(1)}`, pinned.replace('eu-central-1', 'us-east-1')];
    expect(await gone(...elsewhere)).toEqual([]);
    expect(aws.requests).toEqual([]);
  });
});

describe('ecrImage', () => {
  it.each([
    [image, { image: { imageTag: '42' }, region: 'eu-central-1' }],
    [`${registry}/team/shop`, { image: { imageTag: 'latest' } }],
    [`${registry}/team/shop@${digest(1)}`, { image: { imageDigest: digest(1) } }],
    [`${registry}/team/shop:42@${digest(1)}`, { repositoryName: 'team/shop', image: { imageDigest: digest(1) } }],
    [
      '123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/shop:a.b_c-1',
      { region: 'cn-north-1', image: { imageTag: 'a.b_c-1' } },
    ],
    ['123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com/shop:1', { region: 'us-gov-west-1' }],
    ['123456789012.dkr-ecr.eu-central-1.on.aws/shop:1', { region: 'eu-central-1' }],
  ])('reads %s', (reference, expected) => {
    expect(ecrImage(reference)).toMatchObject(expected);
  });

  it.each([
    '',
    'shop',
    'evil.com/123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop:1',
    `${registry}/`,
    `${registry}/a:b:c`,
    `${registry}/a@sha256:short`,
    `${registry}/a@${digest(1)}:b`,
  ])('is not taken in by "%s"', (reference) => {
    expect(ecrImage(reference)).toBeUndefined();
  });
});
