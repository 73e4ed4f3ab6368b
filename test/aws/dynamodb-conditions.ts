/** One attribute value as the wire has it. */
export type Value = { readonly S?: string; readonly N?: string; readonly BOOL?: boolean };
export type Attributes = Readonly<Record<string, Value>>;

type Operand = { readonly attribute: string } | { readonly value: Value };

/** A condition or key condition, parsed. */
export type Expression =
  | { readonly op: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | { readonly op: 'exists' | 'not-exists'; readonly attribute: string }
  | { readonly op: '=' | '<>' | '<' | '<=' | '>' | '>='; readonly left: Operand; readonly right: Operand }
  | { readonly op: 'between'; readonly of: Operand; readonly low: Operand; readonly high: Operand }
  | { readonly op: 'in'; readonly of: Operand; readonly list: readonly Operand[] };

/** The only attributes that may be named outright; any other might be one of DynamoDB's 573 reserved words. */
const plainNames = ['pk', 'sk'];

/** DynamoDB refuses placeholders that no expression of the request uses. */
export function refuseUnused(expressions: string, placeholders: readonly string[]): void {
  const used = new Set(expressions.match(/[#:]\w+/g));
  for (const placeholder of placeholders) {
    if (!used.has(placeholder)) throw new Error(`Value unused in expressions: ${placeholder}`);
  }
}

/** Parses a condition expression; every placeholder must be known. */
export function parseCondition(
  text: string,
  names: Readonly<Record<string, string>>,
  values: Readonly<Record<string, Value>>,
): Expression {
  const tokens: readonly string[] = text.match(/[#:]?\w+|<>|<=|>=|[=<>(),]/g) ?? [];
  let place = 0;
  const take = (wanted?: string): string => {
    const token = tokens[place++];
    if (token === undefined || (wanted !== undefined && token !== wanted))
      throw new Error(`Invalid expression: ${text}`);
    return token;
  };
  const attributeOf = (token: string): string => {
    const name = token.startsWith('#') ? names[token] : token;
    if (name === undefined) throw new Error(`An expression attribute name used is not defined: ${token}`);
    if (!token.startsWith('#') && !plainNames.includes(token))
      throw new Error(`Attribute name may be reserved: ${token}`);
    return name;
  };
  const operand = (): Operand => {
    const token = take();
    if (!token.startsWith(':')) return { attribute: attributeOf(token) };
    const value = values[token];
    if (value === undefined) throw new Error(`An expression attribute value used is not defined: ${token}`);
    return { value };
  };
  const primary = (): Expression => {
    if (tokens[place] === '(') {
      take('(');
      const inner = either();
      take(')');
      return inner;
    }
    if (tokens[place] === 'attribute_exists' || tokens[place] === 'attribute_not_exists') {
      const op = take() === 'attribute_exists' ? 'exists' : 'not-exists';
      take('(');
      const attribute = attributeOf(take());
      take(')');
      return { op, attribute };
    }
    return comparison(operand());
  };
  const comparison = (left: Operand): Expression => {
    const op = take();
    if (op === 'BETWEEN') {
      const low = operand();
      take('AND');
      return { op: 'between', of: left, low, high: operand() };
    }
    if (op === 'IN') {
      take('(');
      const list = [operand()];
      while (take() === ',') list.push(operand());
      return { op: 'in', of: left, list };
    }
    if (op !== '=' && op !== '<>' && op !== '<' && op !== '<=' && op !== '>' && op !== '>=')
      throw new Error(`Invalid expression: ${text}`);
    return { op, left, right: operand() };
  };
  const both = (): Expression => {
    let left = primary();
    while (tokens[place] === 'AND') {
      take('AND');
      left = { op: 'and', left, right: primary() };
    }
    return left;
  };
  const either = (): Expression => {
    let left = both();
    while (tokens[place] === 'OR') {
      take('OR');
      left = { op: 'or', left, right: both() };
    }
    return left;
  };
  const whole = either();
  if (place < tokens.length) throw new Error(`Invalid expression: ${text}`);
  return whole;
}

/** Does a condition hold for an item? One that is absent has no attributes. A comparison with nothing is false. */
export function holds(expression: Expression, item: Attributes): boolean {
  const read = (operand: Operand): Value | undefined => ('value' in operand ? operand.value : item[operand.attribute]);
  switch (expression.op) {
    case 'and':
      return holds(expression.left, item) && holds(expression.right, item);
    case 'or':
      return holds(expression.left, item) || holds(expression.right, item);
    case 'exists':
      return item[expression.attribute] !== undefined;
    case 'not-exists':
      return item[expression.attribute] === undefined;
    case 'between':
      return (
        compares(read(expression.of), '>=', read(expression.low)) &&
        compares(read(expression.of), '<=', read(expression.high))
      );
    case 'in':
      return expression.list.some((each) => compares(read(expression.of), '=', read(each)));
    default:
      return compares(read(expression.left), expression.op, read(expression.right));
  }
}

function compares(a: Value | undefined, op: '=' | '<>' | '<' | '<=' | '>' | '>=', b: Value | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  const order = orderOf(a, b);
  if (order === undefined) return op === '<>';
  return { '=': order === 0, '<>': order !== 0, '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0 }[
    op
  ];
}

/** `undefined` for values of different types, which are never equal and never in order. */
function orderOf(a: Value, b: Value): number | undefined {
  if (a.S !== undefined && b.S !== undefined) return Buffer.compare(Buffer.from(a.S), Buffer.from(b.S));
  if (a.N !== undefined && b.N !== undefined) return Number(a.N) - Number(b.N);
  if (a.BOOL !== undefined && b.BOOL !== undefined) return a.BOOL === b.BOOL ? 0 : 1;
  return undefined;
}
