import { beforeEach, describe, expect, it } from 'vitest';
import type { WorkflowStarter } from '../../lambdas/ports/workflow.ts';

export type StarterUnderTest = {
  readonly starter: WorkflowStarter;
  /** What each workflow that began was given, in order. */
  readonly begun: () => readonly unknown[];
};

const [first, second] = ['20260105-120000-abcdefgh', '20260105-120001-abcdefgh'];

/** The laws every starter of workflows obeys; each world runs them against its own. */
export function describeStarter(name: string, make: () => Promise<StarterUnderTest>): void {
  describe(`workflow starter: ${name}`, () => {
    let under: StarterUnderTest;
    beforeEach(async () => {
      under = await make();
    });
    const start = (incidentId: string) => under.starter.start({ incidentId });

    it('gives the workflow the id of its incident and nothing else', async () => {
      await under.starter.start(Object.assign({ more: 'than that' }, { incidentId: first }));
      expect(under.begun()).toEqual([{ incidentId: first }]);
    });

    it('begins one workflow for each incident', async () => {
      await start(first);
      await start(second);
      expect(under.begun()).toEqual([{ incidentId: first }, { incidentId: second }]);
    });

    it('begins one however often it is asked, and says nothing of it', async () => {
      await start(first);
      await expect(start(first)).resolves.toBeUndefined();
      await Promise.all(Array.from({ length: 20 }, () => start(first)));
      expect(under.begun()).toEqual([{ incidentId: first }]);
    });

    it('begins one for twenty who ask at once', async () => {
      await Promise.all(Array.from({ length: 20 }, () => start(first)));
      expect(under.begun()).toEqual([{ incidentId: first }]);
    });
  });
}
