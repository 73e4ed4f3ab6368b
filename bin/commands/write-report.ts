import { writeFileSync } from 'node:fs';
import { htmlReport } from '../../lib/report/html-report.ts';
import type { RunResult } from '../../lib/simulator/result.ts';
import { UserError } from './command.ts';

/** Writes the page of `--report`. Rejects with one sentence when the file cannot be written. */
export function writeReport(file: string, runs: readonly RunResult[]): void {
  try {
    writeFileSync(file, htmlReport(runs));
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    throw new UserError(`The report could not be written to ${file} (${why}); give a file in a folder that exists.`);
  }
}
