import type { LedgerEntry } from '../../../lambdas/model/ledger-entry.ts';

/** The largest item DynamoDB takes, and how many it writes in one transaction (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html). */
const [largest, mostAtOnce] = [400 * 1024, 100] as const;

/** An entry DynamoDB would not take is refused. */
export function refuseTooLarge(entry: LedgerEntry): void {
  const size = Buffer.byteLength(JSON.stringify(entry));
  if (size > largest)
    throw new Error(`The ledger's item ENTRY#${entry.id} has ${size} bytes; DynamoDB takes ${largest} at most.`);
}

/** What no single transaction could write is refused. The item of the service itself is one of its writes. */
export function refuseTooMany(entries: readonly LedgerEntry[]): void {
  const [first, ...more] = entries.filter(({ kind }) => kind !== 'SignalIgnored');
  const stranger = more.find(({ incident }) => incident !== first?.incident);
  if (first && stranger)
    throw new Error(`Entries of ${first.incident} and ${stranger.incident} cannot be appended in one go.`);
  if (more.length + 1 >= mostAtOnce) throw new Error(`${entries.length} entries are too many to append in one go.`);
}
