import type { Attempt } from '../model/incident-state.ts';
import type { Order } from '../model/order.ts';
import { isRepeated } from './half-done.ts';

/** What a person may have taken back: acts that are done, have a way back, and were not taken back yet, by us or by ECS. Newest first. */
export function undoable(attempts: readonly Attempt[]): readonly Order[] {
  const taken = new Set(attempts.map(({ order }) => order.undoes));
  const isGone = replacedSince(attempts);
  return attempts
    .filter(({ order, result }) => order.undoes === null && result?.kind === 'done' && !taken.has(order.id))
    .filter((attempt) => attempt.check !== 'came-back' && !isRepeated(attempt, attempts))
    .map(({ order }) => order)
    .filter(({ proposal: { wayBack } }) => wayBack.kind === 'undo' || wayBack.kind === 'if-worse')
    .filter((order) => !isGone(order))
    .toReversed();
}

/** Whether what was done to a task ended with the task: it was replaced. */
export function replacedSince(attempts: readonly Attempt[]): (order: Order) => boolean {
  const replaced = new Set(
    attempts
      .filter(({ order, result }) => order.proposal.kind === 'replace-task' && result?.kind === 'done')
      .map(({ order }) => taskOf(order)),
  );
  return (order) => order.proposal.kind !== 'replace-task' && taskOf(order) !== null && replaced.has(taskOf(order));
}

const taskOf = ({ proposal: { subject } }: Order): string | null => ('task' in subject ? subject.task.task : null);
