import { expect } from 'vitest';
import type { ReasonCode } from '../../../lambdas/contract/reasons.ts';
import type { Verdict } from '../../../lambdas/model/verdict.ts';

/** Every verdict but `allow` gives the figures in one plain sentence. */
export function says(verdict: Verdict, kind: 'hold' | 'deny', reason: ReasonCode, ...figures: readonly string[]): void {
  expect(verdict).toMatchObject({ kind, reason });
  if (verdict.kind === 'allow') return;
  for (const figure of figures) expect(verdict.says).toContain(figure);
  expect(verdict.says).not.toMatch(/undefined|NaN|null|Infinity|\n/);
}
