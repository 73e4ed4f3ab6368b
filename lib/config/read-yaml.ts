import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLParseError,
  type YAMLWarning,
} from 'yaml';
import type { z } from 'zod';
import { type Complaint, complaintsOf, whatIsAllowed } from './complaint.ts';

/** Something wrong with a file. `says` is one sentence: key, value got, what is allowed. `line` counts from 1. */
export type Problem = { readonly file: string; readonly line: number; readonly says: string };
export type Reading<T> = { readonly value: T } | { readonly problems: readonly Problem[] };

/** `recovery.yaml:12: services.checkout.mode is "bold"; allowed is observe, automatic.` */
export const renderProblem = ({ file, line, says }: Problem): string => `${file}:${line}: ${says}`;

/** Reads YAML and checks it against a schema. Never throws: what is wrong comes back with its line, the first line first. */
export function readYaml<S extends z.ZodType>(file: string, text: string, schema: S): Reading<z.output<S>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problem = (offset: number, says: string): Problem => ({ file, line: lines.linePos(offset).line || 1, says });

  const malformed = malformations(document);
  if (malformed.length > 0) return { problems: malformed.map((error) => problem(error.pos[0], sentence(error))) };
  if (document.contents === null) return { problems: [{ file, line: 1, says: 'the file is empty.' }] };
  const reserved = reservedKey(document);
  if (reserved !== undefined) return { problems: [problem(reserved, 'the name __proto__ is not allowed.')] };

  const plain = plainOf(document);
  if ('error' in plain) return { problems: [{ file, line: 1, says: `${plain.error}.` }] };
  const checked = schema.safeParse(plain.value, { error: whatIsAllowed });
  if (checked.success) return { value: checked.data };
  const complaints = checked.error.issues.flatMap((issue) => complaintsOf(issue, plain.value, schema));
  const problems = complaints.map((complaint) => problem(offsetOf(document, complaint), complaint.says));
  return { problems: problems.sort((a, b) => a.line - b.line) };
}

/** Every key that stands twice; but of anything else only the first, since the parser stumbles on from there. */
function malformations({ errors, warnings }: Document.Parsed): readonly (YAMLParseError | YAMLWarning)[] {
  const all = [...errors, ...warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  const stumble = all.find(({ code }) => code !== 'DUPLICATE_KEY');
  return stumble === undefined ? all : [stumble];
}

/** The parser's own complaint, as one sentence of ours. */
function sentence({ code, message }: { readonly code: string; readonly message: string }): string {
  if (code === 'DUPLICATE_KEY') return 'this key stands here twice; each key may be given once.';
  if (code === 'MULTIPLE_DOCS') return 'a second document begins here (---); the file may hold one.';
  const line = message.split('\n')[0] ?? message;
  return `not valid YAML: ${line.replace(/[.:]?$/, '.')}`;
}

/** Where `__proto__` is used as a key: it would vanish in a JavaScript object instead of being refused. */
function reservedKey(document: Document.Parsed): number | undefined {
  let found: number | undefined;
  visit(document, {
    Pair(_, pair) {
      if (!isScalar(pair.key) || pair.key.value !== '__proto__') return undefined;
      found = pair.key.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return found;
}

/** Aliases that refer to nothing, or that would grow without bound, are refused by the parser only here. */
function plainOf(document: Document.Parsed): { readonly value: unknown } | { readonly error: string } {
  try {
    return { value: document.toJS() };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

type Located = { readonly node: Node | undefined; readonly offset: number };

/** Where the complaint belongs: its key or value, or for a missing one the nearest mapping around it. */
function offsetOf(document: Document.Parsed, complaint: Complaint): number {
  let here: Located = { node: document.contents ?? undefined, offset: 0 };
  for (const [index, key] of complaint.path.entries()) {
    const last = index === complaint.path.length - 1;
    const next = child(document, here.node, key, last && complaint.atKey);
    if (next === undefined) break;
    here = next;
  }
  return here.offset;
}

function child(
  document: Document.Parsed,
  parent: Node | undefined,
  key: PropertyKey,
  atKey: boolean,
): Located | undefined {
  const inner = isAlias(parent) ? parent.resolve(document) : parent;
  if (isSeq<Node>(inner)) {
    const item = inner.items[Number(key)];
    return item === undefined ? undefined : { node: item, offset: item.range?.[0] ?? 0 };
  }
  if (!isMap<Node, Node | null>(inner)) return undefined;
  const pair = inner.items.find(({ key: name }) => isScalar(name) && String(name.value) === String(key));
  if (pair === undefined) return undefined;
  const keyAt = pair.key.range?.[0] ?? 0;
  const node = pair.value ?? undefined;
  // A mapping begins on the line after its key: people look for the key.
  const onKey = atKey || node === undefined || isMap(node) || isSeq(node);
  return { node, offset: onKey ? keyAt : (node.range?.[0] ?? keyAt) };
}
