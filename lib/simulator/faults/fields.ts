import { z } from 'zod';

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A field written as text or as a number. `allowed` completes a complaint; `read` gives undefined for what it does not allow. */
const written = <T extends number | null>(allowed: string, read: (text: string) => T | undefined) =>
  z.union([z.string(), z.number()], { error: allowed }).transform((input, context): T => {
    const value = read(String(input).trim());
    if (value === null || (value !== undefined && Number.isFinite(value))) return value;
    context.addIssue({ code: 'custom', message: allowed, input });
    return z.NEVER;
  });

function millisIn(text: string): number | undefined {
  const [, count, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text) ?? [];
  return count === undefined || unit === undefined ? undefined : Number(count) * (units[unit] ?? Number.NaN);
}

/** A length of time such as `45s`; in ms. */
export const length = written('a duration such as 500ms, 45s, 5m or 2h', millisIn);

/** The same, or `never`: null. */
export const lengthOrNever = written('a duration such as 20s, or never', (text) =>
  text === 'never' ? null : millisIn(text),
);

/** A share such as `10%` or `0.1`; 0 to 1. */
export const share = written('a share such as 10% or 0.1, from 0 to 1', (text) => {
  const [, count, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? [];
  const value = Number(count ?? Number.NaN) / (percent === '%' ? 100 : 1);
  return value >= 0 && value <= 1 ? value : undefined;
});

/** Requests such as `120/s` or `6000/m`; per second. */
export const requests = written('requests over time such as 120/s or 6000/m', (text) => {
  const [, count, unit] = /^(\d+(?:\.\d+)?)\/(s|m)$/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) / (unit === 'm' ? 60 : 1);
});

/** How many times longer something takes, such as `10` or `10x`; above 1. */
export const factor = written('a factor above 1 such as 10', (text) => {
  const [, count] = /^(\d+(?:\.\d+)?)x?$/.exec(text) ?? [];
  return Number(count) > 1 ? Number(count) : undefined;
});

/** Memory leaked over time, such as `2%/m`; percent of a task's memory a minute. */
export const growth = written('percent of memory over time such as 2%/m or 30%/h', (text) => {
  const [, count, unit] = /^(\d+(?:\.\d+)?)%\/(m|h)$/.exec(text) ?? [];
  const value = Number(count) / (unit === 'h' ? 60 : 1);
  return value > 0 ? value : undefined;
});

/** How many tasks are hit; `all` for every one. */
const someTasks = 'a number of tasks, at least 1, or "all"';
export const victims = z.union([z.literal('all'), z.int().min(1, { error: someTasks })], { error: someTasks });

/** Availability zones are `a`, `b`, `c`, ... */
export const zone = z.string().regex(/^[a-f]$/, { error: 'a zone: a, b, c, d, e or f' });

/** Which of the tasks in service are hit: so many, of one zone or of all, the oldest, the newest or as the seed decides. */
export const whichTasks = {
  /** How many tasks, or `all`. */
  tasks: victims.default(1),
  zone: zone.optional(),
  age: z.enum(['oldest', 'newest']).optional(),
};

/** A revision as scenarios name it: text or a number. */
export const revision = z
  .union([z.string(), z.int().nonnegative()], { error: 'a revision such as "43"' })
  .transform(String)
  .refine((id) => /^[A-Za-z0-9._-]{1,40}$/.test(id), {
    error: 'a revision such as "43": 1 to 40 letters, digits, dots, dashes or underscores',
  });

/** Not at once, but right before a function makes a call whose name begins so, such as `ledger.claim`, or `act` for any act. */
export const before = z.string().min(1, { error: 'how a call begins, such as ledger.claim' }).optional();
