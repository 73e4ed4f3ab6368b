/** `05:30`: minutes and seconds since the start. */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${String(Math.floor(whole / 60)).padStart(2, '0')}:${String(whole % 60).padStart(2, '0')}`;
}

/** `42 s`, `6 min 10 s`, `1 h 4 min`. */
export function span(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes >= 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`;
}

/** A response time given in seconds: `180 ms`, `1.92 s`; `-` when there was none. */
export function took(seconds: number | null): string {
  if (seconds === null) return '-';
  if (seconds < 0.9995) return `${Math.round(seconds * 1000)} ms`;
  return `${seconds < 10 ? seconds.toFixed(2) : Math.round(seconds)} s`;
}

/** `0.1 %`, `48 %`; `-` when nothing was asked. */
export function percent(value: number | null): string {
  if (value === null) return '-';
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} %`;
}

/** Requests of one minute as people give a rate: `120/s`. */
export const rate = (requestsPerMinute: number): string => {
  const perSecond = requestsPerMinute / 60;
  return `${perSecond < 10 && perSecond > 0 ? perSecond.toFixed(1) : Math.round(perSecond)}/s`;
};
