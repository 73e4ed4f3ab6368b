import { z } from 'zod';
import { inMillis } from '../../lambdas/contract/time.ts';
import { duration } from './duration.ts';

const days: readonly string[] = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

const week = 7 * 24 * 60 * 60_000;

const timeAllowed = 'a time in UTC such as 2026-12-20T00:00Z';
const instant = z
  .string({ error: timeAllowed })
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?Z$/, { error: timeAllowed, abort: true })
  .refine(isThere, { error: `${timeAllowed}, of a day that there is` })
  .transform((text) => Date.parse(text));

/** JavaScript takes 30 February for 2 March. */
function isThere(text: string): boolean {
  const at = Date.parse(text);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text.slice(0, 16));
}

const weeklyAllowed = 'a day and a time in UTC such as friday 16:00';
const weekly = z
  .string({ error: weeklyAllowed })
  .regex(new RegExp(`^(${days.join('|')}) ([01]\\d|2[0-3]):[0-5]\\d$`), weeklyAllowed);

const why = z.string().min(1).max(200).meta({ description: 'What people are told.' });

const once = z
  .strictObject({
    from: instant.meta({ description: 'When it begins, such as 2026-12-20T00:00Z.' }),
    until: instant.meta({ description: 'When it ends.' }),
    why,
  })
  .refine(({ from, until }) => until > from, { error: 'a freeze that ends after it begins', path: ['until'] });

const everyWeek = z
  .strictObject({
    every: weekly.meta({ description: 'When it begins each week, in UTC, such as friday 16:00.' }),
    for: duration.meta({ description: 'How long it lasts.' }),
    why,
  })
  .refine(({ for: lasts }) => inMillis(lasts) < week, { error: 'less than 7d, or it never ends', path: ['for'] })
  .transform(({ every, for: lasts, why }) => {
    const [day = '', time = ''] = every.split(' ');
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    return { weekday: days.indexOf(day), minute: hours * 60 + minutes, lasts, why };
  });

/** A time in which nothing is changed: once, `{ from, until, why }`, or every week, `{ every, for, why }`. */
export const freeze = z.union([once, everyWeek]);
