import { beforeEach, describe, expect, it } from 'vitest';
import type { Audience } from '../../lambdas/ports/sight.ts';

export type AudienceUnderTest = {
  readonly audience: Audience;
  /** A topic to which so many people listen. */
  readonly topicOf: (people: number) => Promise<string>;
  readonly nowhere: string;
};

/** The laws every audience obeys; each world runs them against its own. */
export function describeAudience(name: string, make: () => Promise<AudienceUnderTest>): void {
  describe(`audience: ${name}`, () => {
    let under: AudienceUnderTest;
    beforeEach(async () => {
      under = await make();
    });

    it.each([0, 1, 3])('counts %i people who listen to a topic', async (people) => {
      expect(await under.audience.confirmed(await under.topicOf(people))).toBe(people);
    });

    it('does not take a topic that is not there for one without listeners', async () => {
      await expect(under.audience.confirmed(under.nowhere)).rejects.toThrow('does not exist');
    });
  });
}
