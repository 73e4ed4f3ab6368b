import { beforeEach, describe, expect, it } from 'vitest';
import type { Images } from '../../lambdas/ports/sight.ts';

type Resolved = Awaited<ReturnType<Images['resolve']>>;

/** The repository of one service to test, in the account and Region of Paramedic. */
export type ImagesUnderTest = {
  readonly resolve: (references: readonly string[]) => Promise<Resolved>;
  /** `123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop`, without a tag. */
  readonly repository: string;
  /** Builds another image, pushes it under the tag and says its digest. The tag moves if it is there already. */
  readonly push: (tag: string) => Promise<string>;
};

/** The laws of what image references stand for; each world runs them against its own. */
export function describeImages(name: string, make: () => Promise<ImagesUnderTest>): void {
  describe(`images: ${name}`, () => {
    let under: ImagesUnderTest;
    beforeEach(async () => {
      under = await make();
    });
    const resolve = (...references: readonly string[]) => under.resolve(references);

    it('resolve a tag to the digest that was pushed under it', async () => {
      const digest = await under.push('42');
      expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
      expect(await resolve(`${under.repository}:42`)).toEqual({ [`${under.repository}:42`]: digest });
    });

    it('resolve a tag that was moved to what it stands for now', async () => {
      const before = await under.push('42');
      const after = await under.push('42');
      expect(after).not.toBe(before);
      expect(Object.values(await resolve(`${under.repository}:42`))).toEqual([after]);
    });

    it('keep tags of one repository apart', async () => {
      const [one, other] = [await under.push('41'), await under.push('42')];
      expect(Object.values(await resolve(`${under.repository}:41`, `${under.repository}:42`))).toEqual([one, other]);
    });

    it('resolve a reference by digest to itself, though its tag has moved on', async () => {
      const digest = await under.push('42');
      await under.push('42');
      const references = [`${under.repository}@${digest}`, `${under.repository}:42@${digest}`];
      expect(Object.values(await resolve(...references))).toEqual([digest, digest]);
    });

    it('cannot tell an unknown tag, an unknown repository, or an image of another registry', async () => {
      await under.push('42');
      const unknown = [
        `${under.repository}:never-pushed`,
        `${under.repository}-other:42`,
        'nginx:1.27',
        'public.ecr.aws/nginx/nginx:1.27',
        'registry.example.com:5000/shop:42',
      ];
      expect(Object.values(await resolve(...unknown))).toEqual(unknown.map(() => null));
    });

    it('lets no reference that cannot be told spoil the others', async () => {
      const digest = await under.push('42');
      const references = ['nginx:1.27', `${under.repository}:42`, `${under.repository}:gone`];
      expect(Object.values(await resolve(...references))).toEqual([null, digest, null]);
    });

    it('answer nothing when asked nothing', async () => {
      expect(await resolve()).toEqual({});
    });
  });
}
