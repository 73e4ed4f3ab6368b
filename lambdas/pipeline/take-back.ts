import type { Evidence } from '../model/evidence.ts';
import type { Order } from '../model/order.ts';
import type { Lap, Move } from './lap.ts';
import { leave } from './leave.ts';
import { treat } from './treat.ts';
import { undoable } from './undoable.ts';

/**
 * A person wants taken back what was done: that goes before all else but settling what was begun. One act a lap, newest first;
 * then the incident is theirs.
 */
export function takeBackIfAsked(lap: Lap): Move | undefined {
  const { undo } = lap.state;
  if (undo === null) return undefined;
  for (const order of wanted(lap, undo.of, undo.orders)) {
    const move = takeBack(lap, order, undo.of, undo.by);
    if (move !== undefined) return move;
  }
  return leave(lap, 'undo.requested', lastWords(lap, undo.by, undo.of));
}

/** In the incident itself what was done since it was asked counts too. */
function wanted(lap: Lap, of: string, orders: readonly Order[]): readonly Order[] {
  const { attempts } = lap.state;
  if (of === lap.incident.id) return undoable(attempts);
  const taken = new Set(attempts.map(({ order }) => order.undoes));
  return orders.filter(({ id }) => !taken.has(id));
}

function takeBack(lap: Lap, order: Order, of: string, by: string): Move | undefined {
  const { proposal, rung, id } = order;
  const says = `${by} asked to take it back`;
  const because: Evidence = { kind: 'CheckMade', source: 'ledger', at: lap.at, says, check: 'no-change' };
  const back = lap.toolkit.planners[proposal.kind].undo(proposal, [because]);
  if (back.kind === 'not-applicable') return undefined;
  const undoes = of === lap.incident.id ? { undoes: id } : { undoes: id, undoesOf: of };
  const treated = treat(lap, back, rung, undoes);
  return treated.kind === 'stopped' ? undefined : treated;
}

function lastWords({ state, incident }: Lap, by: string, of: string): string {
  const back = state.attempts
    .filter(({ order }) => order.undoes !== null)
    .map(({ order }) => order.proposal.subjectName);
  const what = of === incident.id ? 'what was done' : `what was done in the incident ${of}`;
  const done = back.length === 0 ? 'nothing could be taken back' : `done for ${back.join(', ')}`;
  return `${by} asked to take back ${what}: ${done}.`;
}
