/** A number that is always there, or a series at one minute, which may have no value. */
type Term = { readonly is: 'scalar' | 'series'; readonly value: number | null };

/**
 * A second opinion on metric math: evaluates, for one minute, the part of CloudWatch's language that our alarms use. Beside a
 * series that has a value, one that has none counts as 0; a division by zero gives none
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html). `never`: metrics that were never
 * published, and that FILL leaves as they are; whether it fills those is not documented.
 */
export function computed(
  expression: string,
  inputs: ReadonlyMap<string, number | null>,
  never: ReadonlySet<string> = new Set(),
): number | null {
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

  function comparison(): Term {
    const left = sum();
    if (take('>=')) return both(left, sum(), (a, b) => Number(a >= b));
    if (take('>')) return both(left, sum(), (a, b) => Number(a > b));
    return left;
  }
  function sum(): Term {
    let left = product();
    for (;;) {
      if (take('+')) left = both(left, product(), (a, b) => a + b);
      else if (take('-')) left = both(left, product(), (a, b) => a - b);
      else return left;
    }
  }
  function product(): Term {
    let left = factor();
    for (;;) {
      if (take('*')) left = both(left, factor(), (a, b) => a * b);
      else if (take('/')) left = both(left, factor(), (a, b) => (b === 0 ? null : a / b));
      else return left;
    }
  }
  function factor(): Term {
    if (take('(')) {
      const inner = comparison();
      need(')');
      return inner;
    }
    const token = next();
    if (/^\d/.test(token)) return { is: 'scalar', value: Number(token) };
    if (token === 'FILL') return fill(never.has(tokens[at + 1] ?? ''), args());
    if (token === 'IF') return choose(args());
    const input = inputs.get(token);
    if (input === undefined) throw new Error(`no metric ${token} in ${expression}`);
    return { is: 'series', value: input };
  }
  function args(): readonly Term[] {
    need('(');
    const list = [comparison()];
    while (take(',')) list.push(comparison());
    need(')');
    return list;
  }

  const result = comparison();
  if (at !== tokens.length) throw new Error(`left over: ${tokens.slice(at).join(' ')}`);
  return result.value;
}

/** Only where a series has a value is there anything; a scalar makes no datapoints. */
function both(a: Term, b: Term, of: (a: number, b: number) => number | null): Term {
  if (a.is === 'scalar' && b.is === 'scalar') return { is: 'scalar', value: of(a.value ?? 0, b.value ?? 0) };
  const isThere = [a, b].some(({ is, value }) => is === 'series' && value !== null);
  return { is: 'series', value: isThere ? of(a.value ?? 0, b.value ?? 0) : null };
}

const nothing: Term = { is: 'series', value: null };

const fill = (isEmpty: boolean, [metric = nothing, filler = nothing]: readonly Term[]): Term => ({
  is: 'series',
  value: metric.value ?? (isEmpty ? null : filler.value),
});

/** What was chosen and has no value is 0, but for the second of two choices of which the first is a scalar. */
function choose([condition = nothing, yes = nothing, no = nothing]: readonly Term[]): Term {
  if (condition.value === null) return nothing;
  const chosen = condition.value === 0 ? no : yes;
  const isDropped = chosen === no && yes.is === 'scalar';
  return { is: 'series', value: chosen.value ?? (isDropped ? null : 0) };
}
