/** Says what is wrong with a value, and where; `undefined` when nothing is. Small, since it travels with every function. */
export type Check = (value: unknown, path: string) => string | undefined;

const expected =
  (what: string, fits: (value: unknown) => boolean): Check =>
  (value, path) =>
    fits(value) ? undefined : `${path} is ${shown(value)}; it must be ${what}`;

const shown = (value: unknown): string => (value === undefined ? 'missing' : JSON.stringify(value).slice(0, 80));

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

export const text = expected('a text', (value) => typeof value === 'string' && value !== '');
export const anyText = expected('a text, perhaps empty', (value) => typeof value === 'string');
export const flag = expected('true or false', (value) => typeof value === 'boolean');
export const notNegative = expected('a number from 0 on', (value) => isNumber(value) && value >= 0);
export const positive = expected('a number above 0', (value) => isNumber(value) && value > 0);
export const share = expected('a share from 0 to 1', (value) => isNumber(value) && value >= 0 && value <= 1);

export const oneOf = (...words: readonly (string | number)[]): Check =>
  expected(`one of ${words.join(', ')}`, (value) => words.some((word) => word === value));

const units = ['days', 'hours', 'minutes', 'seconds'];
export const duration = expected(`a duration in one of ${units.join(', ')}`, (value) => {
  if (typeof value !== 'object' || value === null) return false;
  const [entry, ...more] = Object.entries(value);
  return entry !== undefined && more.length === 0 && units.includes(entry[0]) && isNumber(entry[1]) && entry[1] >= 0;
});

export const nullable =
  (check: Check): Check =>
  (value, path) =>
    value === null ? undefined : check(value, path);

export const optional =
  (check: Check): Check =>
  (value, path) =>
    value === undefined ? undefined : check(value, path);

export const list =
  (check: Check, fewest = 0): Check =>
  (value, path) => {
    if (!Array.isArray(value) || value.length < fewest) return `${path} is ${shown(value)}; it must be a list`;
    return firstFlaw(value.map((item, index) => check(item, `${path}[${index}]`)));
  };

/** Further fields do no harm: a newer stack may have published them. */
export const object =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return `${path} is ${shown(value)}; it must be an object`;
    const given = new Map(Object.entries(value));
    return firstFlaw(Object.entries(fields).map(([name, check]) => check(given.get(name), `${path}.${name}`)));
  };

const firstFlaw = (flaws: readonly (string | undefined)[]): string | undefined =>
  flaws.find((flaw) => flaw !== undefined);
