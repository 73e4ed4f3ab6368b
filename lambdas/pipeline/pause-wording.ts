import type { Instant } from '../contract/time.ts';
import type { Controls } from '../model/controls.ts';
import type { Answer } from '../model/operation.ts';

/** `until 2026-01-05 14:15 UTC`. */
export const untilInWords = (until: Instant | null): string =>
  until === null ? 'until somebody resumes it' : `until ${date(until)}`;

/** `by ann until somebody resumes it (maintenance)`. */
export const pauseInWords = ({ by, until, why }: Extract<Controls, { readonly kind: 'paused' }>): string =>
  `by ${by} ${untilInWords(until)} (${why})`;

export const unknownService = (service: string): Answer => ({
  kind: 'refused',
  says: `Paramedic looks after no service ${service} here: its name must stand in recovery.yaml, and be deployed.`,
});

/** To the minute, and never before the time itself. */
const date = (at: Instant): string =>
  `${new Date(Math.ceil(at / 60_000) * 60_000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
