import type { Incident } from '../model/incident.ts';
import type { LookPorts, RecoverPorts } from '../ports/ports.ts';
import { look } from './diagnose/look.ts';
import { fold } from './record/evolve.ts';
import { settleOrder } from './settle-order.ts';
import { toolkit } from './toolkit.ts';

/**
 * What an incident whose workflow is over began without hearing the end of it is looked up in the world, and written down. A lease
 * can't be fenced against AWS, which takes no token: only this frees its service. Rejects while it cannot be known. Safe to repeat.
 */
export async function settleIntents(
  ports: LookPorts & Pick<RecoverPorts, 'ledger'>,
  { id, service }: Incident,
): Promise<void> {
  const { attempts } = fold(await ports.ledger.entries(id));
  for (const { order, result: known } of attempts) {
    if (known?.kind === 'done') continue;
    const { standing } = await look(ports, order.settings);
    const result = settleOrder(toolkit.planners[order.proposal.kind], order, standing);
    const { kind, subjectName } = order.proposal;
    if (result === undefined)
      throw new Error(`Whether ${kind} ${subjectName} (order ${order.id} of ${id}) was done is not known yet.`);
    const entry = { incident: id, service, at: standing.at, orderId: order.id, result } as const;
    await ports.ledger.append([{ ...entry, kind: 'ActionCompleted', id: `settled ${order.id}` }]);
  }
}
