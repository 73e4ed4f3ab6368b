import { eachDeed, isWayBack } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** Nobody should act on what was older when the function began, in ms: metrics come minutes late, all else sooner. */
const oldest = { metrics: 260_000, other: 185_000 };

/** What begins a rung rests on what was so a few minutes ago; what completes one rests on its first act having helped. */
export const evidenceAge: Invariant = {
  name: 'evidence-age',

  broken: (record) =>
    eachDeed(record, (deed) => {
      const order = deed.written?.order;
      if (order === undefined || isWayBack(deed)) return undefined;
      const continues = record.deeds.some(
        (other) => other.at < deed.at && other.incident === deed.incident && other.written?.order.rung === order.rung,
      );
      if (continues) return undefined;
      const senses = order.proposal.because.filter(({ source }) => source !== 'alarm' && source !== 'ledger');
      const old = senses.find(({ at, source }) => deed.begun - at > oldest[source === 'metrics' ? 'metrics' : 'other']);
      return old && `on evidence ${Math.round((deed.begun - old.at) / 1000)} s old: ${old.says}`;
    }),
};
