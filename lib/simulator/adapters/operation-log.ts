import type { OperationRecord } from '../../../lambdas/model/operation-record.ts';
import type { OperationLog } from '../../../lambdas/ports/operator.ts';
import { sealed } from './sealed.ts';

/** What people asked for, and what came of it. */
export function simulatedOperationLog(): OperationLog {
  const records = new Map<string, OperationRecord>();
  return {
    begin: async (record) => {
      const known = records.get(record.id);
      if (known === undefined) records.set(record.id, sealed(record));
      return known ?? 'begun';
    },
    end: async (id, answer) => {
      const known = records.get(id);
      if (known === undefined) throw new Error(`No request ${id} was begun.`);
      if (known.answer === null) records.set(id, sealed({ ...known, answer }));
    },
  };
}
