import { aggregationNamed, check, functionNamed, type Type, type Value } from './logs-insights-functions.ts';
import { MalformedQuery, type Token } from './logs-insights-tokens.ts';

/** One log event, or one row of results: its fields by name. */
export type Fields = ReadonlyMap<string, Value>;
export type Expression = { readonly type: Type; readonly of: (fields: Fields) => Value };
/** What `stats` makes of all events of a group. */
export type Aggregate = { readonly type: Type; readonly of: (group: readonly Fields[]) => Value };

const comparisons: Readonly<Record<string, (a: number | string, b: number | string) => boolean>> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
};
const arithmetic: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};

/** Reads the tokens of one command, from the left to the right. */
export class Reader {
  readonly #tokens: readonly Token[];
  readonly #known: ReadonlyMap<string, Type>;
  /** Only what was computed before can be named: after `stats` the events are gone. */
  readonly #closed: boolean;
  #at = 0;

  constructor(tokens: readonly Token[], known: ReadonlyMap<string, Type>, closed: boolean) {
    this.#tokens = tokens;
    this.#known = known;
    this.#closed = closed;
  }

  get next(): Token | undefined {
    return this.#tokens[this.#at];
  }

  /** Takes the mark or keyword if it comes now. */
  takes(word: string): boolean {
    const { next } = this;
    const is =
      next !== undefined && next.kind !== 'text' && !isQuoted(next) && String(next.value).toLowerCase() === word;
    if (is) this.#at++;
    return is;
  }

  expect(word: string): void {
    if (!this.takes(word)) throw new MalformedQuery(`expected ${word}, got ${String(this.next?.value ?? 'the end')}`);
  }

  end(): void {
    if (this.next !== undefined) throw new MalformedQuery(`unexpected ${String(this.next.value)}`);
  }

  name(): string {
    const { next } = this;
    if (next?.kind !== 'name') throw new MalformedQuery(`expected a name, got ${String(next?.value ?? 'the end')}`);
    this.#at++;
    return next.value;
  }

  number(): number {
    const { next } = this;
    if (next?.kind !== 'number') throw new MalformedQuery(`expected a number, got ${String(next?.value ?? 'the end')}`);
    this.#at++;
    return next.value;
  }

  /** Several of them, with commas between. */
  list<T>(read: () => T): readonly T[] {
    const all = [read()];
    while (this.takes(',')) all.push(read());
    return all;
  }

  aggregate(): Aggregate {
    const name = this.name();
    const signature = aggregationNamed(name);
    this.expect('(');
    const counts = name.toLowerCase() === 'count';
    if (counts && (this.takes('*') || this.next?.value === ')')) {
      this.expect(')');
      return { type: 'number', of: (group) => group.length };
    }
    const { type, of } = this.expression();
    this.expect(')');
    check(name, signature, [type]);
    return { type: signature.gives, of: (group) => signature.compute(group.map(of)) };
  }

  expression(): Expression {
    const left = this.#comparison();
    if (!this.takes('and')) return left;
    const right = this.expression();
    if (left.type !== 'boolean' || right.type !== 'boolean') throw new MalformedQuery('and takes Booleans');
    return { type: 'boolean', of: (fields) => left.of(fields) === true && right.of(fields) === true };
  }

  #comparison(): Expression {
    const left = this.#sum();
    const sign = Object.keys(comparisons).find((mark) => this.takes(mark));
    const compare = sign === undefined ? undefined : comparisons[sign];
    if (compare === undefined) return left;
    const right = this.#sum();
    return {
      type: 'boolean',
      of: (fields) => {
        const [a, b] = alike(left.of(fields), right.of(fields));
        return a !== undefined && b !== undefined && compare(a, b);
      },
    };
  }

  #sum(): Expression {
    let left = this.#value();
    for (;;) {
      const sign = Object.keys(arithmetic).find((mark) => this.takes(mark));
      const compute = sign === undefined ? undefined : arithmetic[sign];
      if (sign === undefined || compute === undefined) return left;
      const [one, other] = [left, this.#value()];
      for (const { type } of [one, other])
        if (type !== 'number' && type !== 'field') throw new MalformedQuery(`${sign} takes numbers, not a ${type}`);
      left = { type: 'number', of: (fields) => compute(Number(one.of(fields)), Number(other.of(fields))) };
    }
  }

  #value(): Expression {
    const { next } = this;
    if (this.takes('(')) {
      const inner = this.expression();
      this.expect(')');
      return inner;
    }
    if (next?.kind === 'number' || next?.kind === 'text') {
      this.#at++;
      return { type: next.kind, of: () => next.value };
    }
    if (next?.kind !== 'name') throw new MalformedQuery(`expected a value, got ${String(next?.value ?? 'the end')}`);
    const name = this.name();
    return !next.quoted && this.takes('(') ? this.#call(name) : this.#field(name, next.quoted);
  }

  #call(name: string): Expression {
    const signature = functionNamed(name);
    const given = this.list(() => this.expression());
    this.expect(')');
    check(
      name,
      signature,
      given.map(({ type }) => type),
    );
    return { type: signature.gives, of: (fields) => signature.compute(given.map(({ of }) => of(fields))) };
  }

  #field(name: string, quoted: boolean): Expression {
    const computed = this.#known.get(name);
    if (computed === undefined && this.#closed) throw new MalformedQuery(`${name} is not defined before`);
    // Special characters need backquotes; a name of the query itself does not.
    if (computed === undefined && !quoted && !/^@{0,2}[A-Za-z0-9.]+$/.test(name))
      throw new MalformedQuery(`the field ${name} must be in backquotes`);
    return { type: computed ?? (name === '@timestamp' ? 'timestamp' : 'field'), of: (fields) => fields.get(name) };
  }
}

const isQuoted = (token: Token): boolean => token.kind === 'name' && token.quoted;

/** Both as numbers where both are, else as text. */
function alike(a: Value, b: Value): readonly [number | string | undefined, number | string | undefined] {
  if (a === undefined || b === undefined) return [undefined, undefined];
  const [one, other] = [Number(a), Number(b)];
  return a !== '' && b !== '' && Number.isFinite(one) && Number.isFinite(other) ? [one, other] : [String(a), String(b)];
}
