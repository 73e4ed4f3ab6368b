import { z } from 'zod';

const rateAllowed = 'a rate with /s or /m, such as 120/s';

/** Requests a second: `120/s`, or `600/m`, which becomes 10. */
export const rate = z
  .string({ error: rateAllowed })
  .regex(/^\d{1,9}(\.\d+)?\/[sm]$/, rateAllowed)
  .transform((text) => Number.parseFloat(text) / (text.endsWith('/m') ? 60 : 1));

const shareAllowed = 'a percentage such as 2%, or a share from 0 to 1 such as 0.02';

/** Percent of what was written: `2%` and 0.02 both become 2; NaN for anything else. */
function percentOf(written: string | number): number {
  if (typeof written === 'string') return /^\d{1,3}(\.\d+)?%$/.test(written) ? Number.parseFloat(written) : Number.NaN;
  return written > 1 ? Number.NaN : Number((written * 100).toPrecision(12));
}

const isPercent = (percent: number): boolean => percent >= 0 && percent <= 100;

const writtenShare = z
  .union([z.string(), z.number()], { error: shareAllowed })
  .refine((written) => isPercent(percentOf(written)), { error: shareAllowed });

/** A part of a whole as a percentage, 0 to 100: `2%` and 0.02 become 2. */
export const percent = writtenShare.transform(percentOf);

/** The same where a bare 1 could be read as one percent as well as all. */
export const writtenPercent = writtenShare
  .refine((written) => written !== 1, { error: 'a percentage such as 50%, where 1 could mean 1% or 100%' })
  .transform(percentOf);

/** A part of a whole, 0 to 1: `2%` and 0.02 become 0.02. */
export const share = writtenShare.transform((written) => Number((percentOf(written) / 100).toPrecision(12)));
