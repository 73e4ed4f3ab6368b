import type { LedgerEntry } from '../../lambdas/model/ledger-entry.ts';
import type { Answer, Operation } from '../../lambdas/model/operation.ts';
import type { VirtualClock } from './clock.ts';
import type { Answerer } from './faults/fault.ts';

type Operate = (operation: Operation, by: string) => Promise<Answer>;

/** How often a person tries whose command failed, and how long after. */
const tries = 3;
const triesAgainAfter = 5_000;

/** People who get the messages and answer each proposal they are told of, by the command line. */
export class AnsweringPeople {
  readonly #clock: VirtualClock;
  readonly #operate: Operate;
  readonly #all = new Map<object, Answerer>();

  constructor(clock: VirtualClock, operate: Operate) {
    this.#clock = clock;
    this.#operate = operate;
  }

  /** From now on; null ends what that cause began. */
  set(cause: object, answerer: Answerer | null): void {
    if (answerer === null) this.#all.delete(cause);
    else this.#all.set(cause, answerer);
  }

  hear(entry: LedgerEntry): void {
    if (entry.kind !== 'ApprovalRequested') return;
    for (const { service, answer: kind, after, by } of this.#all.values()) {
      if (service !== entry.service) continue;
      const { incident, request } = entry;
      const operation = { kind, incident, request: request.id, why: 'seen and thought over' } as const;
      this.#clock.at(this.#clock.now() + after, () => void this.#ask(operation, by));
    }
  }

  async #ask(operation: Operation, by: string): Promise<void> {
    for (let time = 1; time <= tries; time++) {
      try {
        await this.#operate(operation, by);
        return;
      } catch {
        await this.#clock.sleep(triesAgainAfter);
      }
    }
  }
}
