import { randomBytes } from 'node:crypto';
import type { Ids } from '../ports/ports.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz234567';

/** Eight of 32 characters: 40 random bits beside the second an incident opened in. */
export const awsIds: Ids = {
  next: () => Array.from(randomBytes(8), (byte) => letters[byte % letters.length]).join(''),
};
