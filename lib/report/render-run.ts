import type { RunResult } from '../simulator/result.ts';
import { framesOf, type RenderOptions } from './frames.ts';

/** A played run as text: its timeline, its charts and every message in full. Ends with a line break. */
export const renderRun = (result: RunResult, options: RenderOptions): string =>
  framesOf(result, options)
    .flatMap(({ lines }) => lines)
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
