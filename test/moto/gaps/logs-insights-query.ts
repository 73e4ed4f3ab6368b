import { type Fields, Reader } from './logs-insights-expressions.ts';
import type { Type, Value } from './logs-insights-functions.ts';
import { MalformedQuery, type Token, tokensOf } from './logs-insights-tokens.ts';

/** Rows in the order they are found, each with its fields in the order they are shown. */
type Command = (rows: readonly Fields[]) => readonly Fields[];
/** What is known while a query is read: the names it has computed, whether the events are gone, and whether rows are limited. */
type Known = { names: Map<string, Type>; closed: boolean; limited: boolean };

const defaultLimit = 10_000;
const largestLimit = 100_000;

/**
 * The commands `filter`, `fields`, `stats` and `limit` of Logs Insights
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html). Throws `MalformedQuery` for anything else,
 * and for what the documentation rules out.
 */
export function compiled(query: string): Command {
  const known: Known = { names: new Map(), closed: false, limited: false };
  const commands = piecesOf(tokensOf(query)).map((tokens) => command(tokens, known));
  if (!known.limited) commands.push((rows) => rows.slice(0, defaultLimit));
  return (rows) => commands.reduce((left, run) => run(left), rows);
}

function piecesOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const pieces: Token[][] = [[]];
  for (const token of tokens)
    if (token.kind === 'mark' && token.value === '|') pieces.push([]);
    else pieces.at(-1)?.push(token);
  return pieces;
}

function command(tokens: readonly Token[], known: Known): Command {
  const reader = new Reader(tokens, known.names, known.closed);
  const made = read(reader.name().toLowerCase(), reader, known);
  reader.end();
  return made;
}

function read(name: string, reader: Reader, known: Known): Command {
  switch (name) {
    case 'filter':
      return filter(reader);
    case 'fields':
      return fields(reader, known);
    case 'stats':
      return stats(reader, known);
    case 'limit':
      return limit(reader, known);
    default:
      throw new MalformedQuery(`unknown command ${name}`);
  }
}

function filter(reader: Reader): Command {
  const { type, of } = reader.expression();
  if (type !== 'boolean') throw new MalformedQuery(`filter takes a Boolean, not a ${type}`);
  return (rows) => rows.filter((row) => of(row) === true);
}

function fields(reader: Reader, known: Known): Command {
  const shown = reader.list(() => {
    const { type, of } = reader.expression();
    const name = reader.takes('as') ? reader.name() : undefined;
    return { name, type, of };
  });
  for (const { name, type } of shown) if (name !== undefined) known.names.set(name, type);
  return (rows) =>
    rows.map((row) => {
      const more = shown.flatMap(({ name, of }) => (name === undefined ? [] : [[name, of(row)] as const]));
      return new Map<string, Value>([...row, ...more]);
    });
}

function stats(reader: Reader, known: Known): Command {
  if (known.limited) throw new MalformedQuery('limit must come after the last stats');
  const counted = reader.list(() => {
    const aggregate = reader.aggregate();
    reader.expect('as');
    return { ...aggregate, name: reader.name() };
  });
  const by = reader.takes('by') ? reader.list(() => reader.name()) : [];
  known.names = new Map([
    ...by.map((name) => [name, known.names.get(name) ?? 'field'] as const),
    ...counted.map(({ name, type }) => [name, type] as const),
  ]);
  known.closed = true;
  return (rows) =>
    [...grouped(rows, by).values()].map((group) => {
      const first = group[0];
      return new Map<string, Value>([
        ...by.map((name) => [name, first?.get(name)] as const),
        ...counted.map(({ name, of }) => [name, of(group)] as const),
      ]);
    });
}

function grouped(rows: readonly Fields[], by: readonly string[]): ReadonlyMap<string, readonly Fields[]> {
  const groups = new Map<string, Fields[]>();
  for (const row of rows) {
    const key = JSON.stringify(by.map((name) => row.get(name) ?? null));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

function limit(reader: Reader, known: Known): Command {
  const most = reader.number();
  if (!Number.isInteger(most) || most < 1 || most > largestLimit)
    throw new MalformedQuery(`limit takes 1 to ${largestLimit}, not ${most}`);
  known.limited = true;
  return (rows) => rows.slice(0, most);
}
