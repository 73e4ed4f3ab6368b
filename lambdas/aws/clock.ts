import type { Clock } from '../ports/sight.ts';

export const awsClock: Clock = { now: () => Date.now() };
