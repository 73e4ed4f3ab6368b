import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, expect } from 'vitest';
import { type Recorded, reasons, recorded } from './recorded.ts';

/**
 * Runs before each test file: counts its assertions and the requests it made, and adds them to the tally of the whole run,
 * which `npm run test:aws` prints and compares with docs/reference/aws-operations.md.
 */
let assertions = 0;
let file = '';

afterEach(() => {
  const { assertionCalls, testPath } = expect.getState();
  assertions += assertionCalls;
  file = testPath ?? '';
});

afterAll(() => {
  const folder = process.env.MOTO_TALLY;
  if (folder === undefined) return;
  const requests = Object.entries(counted(recorded)).map(([key, count]) => ({ ...parsed(key), count }));
  appendFileSync(
    join(folder, 'tally.jsonl'),
    `${JSON.stringify({ file, assertions, requests, reasons: Object.fromEntries(reasons) })}\n`,
  );
});

type Kind = Pick<Recorded, 'operation' | 'answeredBy'>;

function counted(all: readonly Recorded[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { operation, answeredBy } of all) {
    const key = JSON.stringify({ operation, answeredBy } satisfies Kind);
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

const parsed = (key: string): Kind => JSON.parse(key) as Kind;
