import type { SendRecord } from '../../../lambdas/model/message.ts';
import type { Outbox } from '../../../lambdas/ports/notifier.ts';
import { messageLimit } from '../../config/messages.ts';
import { sealed } from './sealed.ts';

/** One record per topic, in memory; nothing can come between its read and its write. */
export function simulatedOutbox(limit = messageLimit()): Outbox {
  const records = new Map<string, SendRecord>();
  return {
    limit,
    update: async (topic, change) => {
      const { record, result } = change(records.get(topic) ?? { sent: [], pending: [] });
      records.set(topic, sealed(record));
      return result;
    },
    waiting: async () => [...records].flatMap(([topic, { pending }]) => (pending.length > 0 ? [topic] : [])),
  };
}
