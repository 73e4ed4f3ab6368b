import type { TargetRef } from '../../contract/targets.ts';
import type { Instant } from '../../contract/time.ts';

/** A share (0 to 1) as people read it: `48 %`, `0.1 %`. */
export function percent(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 0.05) return 'under 0.1 %';
  return `${value < 10 ? Number(value.toFixed(1)) : Math.round(value)} %`;
}

/** A whole number with thousands apart: `1,063`. */
export const figure = (value: number): string =>
  Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');

/** `10.0.1.7:8080`. */
export const targetName = (target: TargetRef): string => `${target.id}:${target.port}`;

/** The time of day in UTC: `14:05 UTC`. */
export const timeOfDay = (at: Instant): string => `${new Date(at).toISOString().slice(11, 16)} UTC`;
