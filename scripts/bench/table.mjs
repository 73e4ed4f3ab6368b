const cell = (text, width = 9) => String(text).padStart(width);
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(0)} KB`;
const ms = (times, kind) => (times === null ? '–' : `${times[kind].median.toFixed(0)} / ${times[kind].p90.toFixed(0)}`);

const heading = `${'function'.padEnd(22)}${cell('bundle')}${cell('gzip')}${cell('import', 12)}${cell('CPU', 12)}${cell('cold', 13)}${cell('CPU', 12)}${cell('warm', 13)}${cell('CPU', 12)}`;

const row = ({ function: name, size, gzip, imported, cold, warm }) =>
  name.padEnd(22) +
  cell(size === undefined ? '' : kilobytes(size)) +
  cell(gzip === undefined ? '' : kilobytes(gzip)) +
  [imported, cold, warm]
    .map((times, place) =>
      times === undefined
        ? cell('', place === 0 ? 24 : 25)
        : cell(ms(times, 'busy'), place === 0 ? 12 : 13) + cell(ms(times, 'cpu'), 12),
    )
    .join('');

/** One way of bundling under one Node, as a table. */
export const table = ({ title, functions, path }) =>
  [title, heading, ...functions.map(row), row({ function: 'alarm to first change', ...path })].join('\n');
