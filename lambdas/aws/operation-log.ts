import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { controlsPartition } from '../contract/controls-item.ts';
import type { Answer } from '../model/operation.ts';
import type { OperationRecord } from '../model/operation-record.ts';
import type { OperationLog } from '../ports/operator.ts';
import { n, s, textIn } from './items.ts';
import { expiring } from './ledger-entry-items.ts';
import type { Item, Table } from './table.ts';

const logKey = (id: string) => ({ pk: s(controlsPartition), sk: s(`LOG#${id}`) });
/** Sorts right behind what it answers. */
const answerKey = (id: string) => ({ pk: s(controlsPartition), sk: s(`LOG#${id}#ANSWER`) });

/** Beside the pause items: two items per operation, of which none is ever changed. */
export const awsOperationLog = (table: Table): OperationLog => ({
  begin: async (record) => {
    const clashes = await table.transact([putNew(table, { ...logKey(record.id), ...written(record) })]);
    if (clashes === undefined) return 'begun';
    const [asked, answered] = await Promise.all([table.get(logKey(record.id)), table.get(answerKey(record.id))]);
    if (asked === undefined) throw new Error(`The record of the request ${record.id} is there, and cannot be read.`);
    const known = JSON.parse(textIn(asked, 'record')) as OperationRecord;
    return answered === undefined ? known : { ...known, answer: JSON.parse(textIn(answered, 'answer')) as Answer };
  },
  end: async (id, answer) => {
    const asked = await table.get(logKey(id));
    if (asked === undefined) throw new Error(`No request ${id} was begun.`);
    const { at } = JSON.parse(textIn(asked, 'record')) as OperationRecord;
    const item = {
      ...answerKey(id),
      kind: s(answer.kind),
      // When it was asked: people sort by it.
      at: n(at),
      answer: s(JSON.stringify(answer)),
      ...expiring(at),
    };
    // Whoever comes second finds an answer, which stands.
    await table.transact([putNew(table, item)]);
  },
});

const putNew = (table: Table, item: Item): TransactWriteItem => ({
  Put: { TableName: table.name, Item: { ...item }, ConditionExpression: 'attribute_not_exists(pk)' },
});

/** The record as text, and what people look for in a table. */
const written = (record: OperationRecord): Item => ({
  kind: s(record.operation.kind),
  by: s(record.by),
  why: s(record.operation.why),
  at: n(record.at),
  record: s(JSON.stringify(record)),
  ...expiring(record.at),
});
