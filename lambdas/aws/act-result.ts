import type { ActResult } from '../model/order.ts';
import { list, nullable, object, oneOf, optional, positive, text } from './shape.ts';

const drift = object({ asked: text, runs: text, copyOf: nullable(text), unpinned: list(text) });

const flaws = {
  done: object({
    receipt: object({ kind: oneOf('changed', 'already-so'), at: positive, seen: text, drift: optional(drift) }),
  }),
  refused: object({ reason: text, says: text }),
  unknown: object({ error: text }),
} as const;

/** What an action's function answered. Anything but a result as we know it leaves open what was done. */
export function asActResult(answer: unknown): ActResult {
  const kind = typeof answer === 'object' && answer !== null && 'kind' in answer ? answer.kind : undefined;
  const flawIn = kind === 'done' || kind === 'refused' || kind === 'unknown' ? flaws[kind] : undefined;
  const flaw = flawIn === undefined ? 'it is no result' : flawIn(answer, 'answer');
  return flaw === undefined
    ? (answer as ActResult)
    : { kind: 'unknown', error: `The function's answer is unusable: ${flaw}.` };
}
