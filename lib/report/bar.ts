const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;
const heights = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/**
 * A horizontal bar of exactly `width` columns, full at `most`. `limit` is shown as a thin line where the bar does not reach
 * it; null for none. An absent value is an empty bar.
 */
export function bar(value: number | null, most: number, width: number, limit: number | null = null): string {
  const cells = most > 0 ? (Math.max(0, Math.min(value ?? 0, most)) / most) * width : 0;
  const full = Math.floor(cells);
  const filled = '█'.repeat(full) + (eighths[Math.floor((cells - full) * 8)] ?? '');
  const line = filled.padEnd(width);
  if (limit === null || most <= 0) return line;
  const at = Math.min(width - 1, Math.floor((limit / most) * width));
  return line[at] === ' ' ? `${line.slice(0, at)}┊${line.slice(at + 1)}` : line;
}

/** One column per value, from nothing (or less than an eighth of `most`) to a full block; a space where there is no value. */
export const sparks = (values: readonly (number | null)[], most: number): readonly string[] =>
  values.map((value) => {
    if (value === null) return ' ';
    const step = most > 0 ? Math.floor((Math.max(0, value) / most) * heights.length) : 0;
    return heights[Math.min(heights.length - 1, step)] ?? ' ';
  });

/** At most `columns` values, each the largest of the values it stands for. */
export function squeezed(values: readonly (number | null)[], columns: number): readonly (number | null)[] {
  const per = Math.max(1, Math.ceil(values.length / columns));
  return Array.from({ length: Math.ceil(values.length / per) }, (_, i) =>
    largest(values.slice(i * per, (i + 1) * per)),
  );
}

/** The largest value that is there; null when there is none. */
export function largest(values: readonly (number | null)[]): number | null {
  const there = values.filter((value) => value !== null);
  return there.length === 0 ? null : Math.max(...there);
}
