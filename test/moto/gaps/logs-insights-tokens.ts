/** A query that the documentation does not allow, or that uses a part of it nobody here has written down. */
export class MalformedQuery extends Error {}

export type Token =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  /** A name as it was written; `quoted` in backquotes. */
  | { readonly kind: 'name'; readonly value: string; readonly quoted: boolean }
  | { readonly kind: 'mark'; readonly value: string };

const patterns: readonly (readonly [RegExp, (found: readonly string[]) => Token | undefined])[] = [
  [/^\s+/, () => undefined],
  [/^\d+(?:\.\d+)?(?![\w.])/, ([all = '']) => ({ kind: 'number', value: Number(all) })],
  [/^"([^"]*)"|^'([^']*)'/, ([, one, other]) => ({ kind: 'text', value: one ?? other ?? '' })],
  // Where a system field has special characters, the @ stands outside of the backquotes.
  [/^(@?)`([^`]+)`/, ([, at = '', name = '']) => ({ kind: 'name', value: `${at}${name}`, quoted: true })],
  [/^@{0,2}[A-Za-z_][\w.]*/, ([all = '']) => ({ kind: 'name', value: all, quoted: false })],
  [/^(?:!=|<=|>=|[-+*/%^=<>(),|])/, ([all = '']) => ({ kind: 'mark', value: all })],
];

/** Reads a query of Logs Insights apart (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Guidelines.html). */
export function tokensOf(query: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let rest = query; rest !== ''; ) {
    const found = patterns.flatMap(([pattern, make]) => {
      const match = pattern.exec(rest);
      return match === null ? [] : [{ length: match[0].length, token: make(match) }];
    })[0];
    if (found === undefined) throw new MalformedQuery(`unexpected symbol found ${rest.slice(0, 10)}`);
    if (found.token !== undefined) tokens.push(found.token);
    rest = rest.slice(found.length);
  }
  return tokens;
}
