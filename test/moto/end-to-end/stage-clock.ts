import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The time of an account under test. While anybody works it goes as fast as the machine's; where everybody waits, it is set
 * forward. So nobody ever seems to be late, however slow the machine is.
 */
export class StageClock {
  /** How far it is ahead of the machine's, in milliseconds. */
  #ahead = 0;

  get ahead(): number {
    return this.#ahead;
  }

  readonly now = (): number => Date.now() + this.#ahead;

  /** Sets it forward; never back. */
  setForward(to: number): void {
    this.#ahead += Math.max(0, to - this.now());
  }

  /** For `node --import`: lets all threads of another process tell this time. */
  get module(): string {
    return `${pathToFileURL(join(import.meta.dirname, 'shifted-clock.mjs')).href}?ahead=${this.#ahead}`;
  }
}
