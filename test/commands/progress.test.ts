import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { showProgress } from '../../bin/commands/progress.ts';

const written: string[] = [];
const terminal = (isTTY: boolean) => ({ isTTY, write: (text: string) => written.push(text) });
beforeEach(() => {
  vi.useFakeTimers();
  written.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the progress of a question', () => {
  it('is shown on a terminal from two seconds on, on one line, which is clear afterwards', () => {
    const done = showProgress(terminal(true), 19_000);
    vi.advanceTimersByTime(1999);
    expect(written).toEqual([]);
    vi.advanceTimersByTime(1001);
    done();
    vi.advanceTimersByTime(5000);
    expect(written).toEqual([
      '\r\u001b[Kparamedic: no answer yet, after 2 s of 19 at most',
      '\r\u001b[Kparamedic: no answer yet, after 3 s of 19 at most',
      '\r\u001b[K',
    ]);
  });

  it('leaves nothing where the answer comes sooner, and is not shown in a pipe', () => {
    const quick = showProgress(terminal(true), 19_000);
    vi.advanceTimersByTime(1500);
    quick();
    const piped = showProgress(terminal(false), 20_000);
    vi.advanceTimersByTime(10_000);
    piped();
    expect(written).toEqual([]);
  });
});
