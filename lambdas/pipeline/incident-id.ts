import type { Instant } from '../contract/time.ts';

/** UTC time and a random tail, so that ids sort by time: `20260105-141500-k3f9x2ab`. */
export function incidentId(at: Instant, tail: string): string {
  const [date = '', time = ''] = new Date(at).toISOString().split('T');
  return `${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${tail}`;
}
