/**
 * A second opinion on metric math: evaluates, for one minute, the part of CloudWatch's language that our alarms use. A
 * missing datapoint makes what is computed from it missing, a division by zero too
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html).
 */
export function computed(expression: string, inputs: ReadonlyMap<string, number | null>): number | null {
  const tokens = expression.match(/\d+(\.\d+)?|[a-zA-Z]\w*|>=|[-+*/(),>[\]]/g) ?? [];
  let at = 0;
  const next = (): string => tokens[at++] ?? '';
  const take = (token: string): boolean => {
    if (tokens[at] !== token) return false;
    at++;
    return true;
  };
  const need = (token: string): void => {
    if (!take(token)) throw new Error(`expected ${token} at ${tokens.slice(at).join(' ')} of ${expression}`);
  };

  function comparison(): number | null {
    const left = sum();
    if (take('>=')) return both(left, sum(), (a, b) => Number(a >= b));
    if (take('>')) return both(left, sum(), (a, b) => Number(a > b));
    return left;
  }
  function sum(): number | null {
    let left = product();
    for (;;) {
      if (take('+')) left = both(left, product(), (a, b) => a + b);
      else if (take('-')) left = both(left, product(), (a, b) => a - b);
      else return left;
    }
  }
  function product(): number | null {
    let left = factor();
    for (;;) {
      if (take('*')) left = both(left, factor(), (a, b) => a * b);
      else if (take('/')) left = both(left, factor(), (a, b) => (b === 0 ? null : a / b));
      else return left;
    }
  }
  function factor(): number | null {
    if (take('(')) {
      const inner = comparison();
      need(')');
      return inner;
    }
    const token = next();
    if (/^\d/.test(token)) return Number(token);
    if (token === 'FILL') return fill(args());
    if (token === 'IF') return choose(args());
    if (token === 'MAX') return greatest(array());
    const input = inputs.get(token);
    if (input === undefined) throw new Error(`no metric ${token} in ${expression}`);
    return input;
  }
  function args(open = '(', close = ')'): readonly (number | null)[] {
    need(open);
    const list = [comparison()];
    while (take(',')) list.push(comparison());
    need(close);
    return list;
  }
  function array(): readonly (number | null)[] {
    need('(');
    const list = args('[', ']');
    need(')');
    return list;
  }

  const result = comparison();
  if (at !== tokens.length) throw new Error(`left over: ${tokens.slice(at).join(' ')}`);
  return result;
}

const both = (a: number | null, b: number | null, of: (a: number, b: number) => number | null): number | null =>
  a === null || b === null ? null : of(a, b);

const fill = ([metric = null, filler = null]: readonly (number | null)[]): number | null => metric ?? filler;

function choose([condition = null, yes = null, no = null]: readonly (number | null)[]): number | null {
  if (condition === null) return null;
  return condition === 0 ? no : yes;
}

/** What an array function makes of a missing value is not documented: those that are asked must all be there. */
function greatest(values: readonly (number | null)[]): number {
  const known = values.filter((value) => value !== null);
  if (known.length < values.length) throw new Error('MAX of a value that may be missing');
  return Math.max(...known);
}
