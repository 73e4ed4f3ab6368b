import { describe, expect, it } from 'vitest';
import { troubleBegan, troubleOf } from '../../../lambdas/pipeline/diagnose/trouble.ts';
import { aCase, minute, now, settings, signal, symptoms, troubled } from './build.ts';

/** `ago` counts minutes since the minute began. */
const badWhen = (is: (ago: number) => boolean) => symptoms((ago) => (is(ago) ? { errors: 600 } : {}));

describe('the trouble', () => {
  it('began with the first breaching minute of the present run', () => {
    expect(troubleBegan(settings, troubled({ errors: 600 }, 7))).toBe(now - 7 * minute);
  });
  it('goes on over a quiet minute or two, and no more', () => {
    expect(
      troubleBegan(
        settings,
        badWhen((ago) => ago <= 9 && ago !== 5 && ago !== 6),
      ),
    ).toBe(now - 9 * minute);
    expect(
      troubleBegan(
        settings,
        badWhen((ago) => ago <= 9 && (ago < 5 || ago > 7)),
      ),
    ).toBe(now - 4 * minute);
  });
  it('is not there when nothing has breached of late', () => {
    expect(
      troubleBegan(
        settings,
        badWhen((ago) => ago > 20 && ago < 30),
      ),
    ).toBeNull();
    expect(
      troubleBegan(
        settings,
        symptoms(() => ({})),
      ),
    ).toBeNull();
  });
  it('is dated by failing requests, not by a target that has been unhealthy for long', () => {
    const facts = symptoms((ago) => ({ unhealthy: 1, ...(ago <= 4 ? { errors: 600 } : {}) }));
    expect(troubleBegan(settings, facts)).toBe(now - 4 * minute);
  });
  it('is dated by the first alarm where the metrics say nothing', () => {
    const none = { until: now, minutes: 0, groups: [], service: {} };
    const signals = [signal('no-capacity', { at: now - 2 * minute }), signal('errors', { at: now - minute })];
    expect(troubleOf(aCase({ symptoms: none, signals })).began).toBe(now - 2 * minute);
  });
  it('is what fires or breaches now', () => {
    const signals = [signal('errors', { state: 'resolved' }), signal('unhealthy-targets')];
    const trouble = troubleOf(aCase({ symptoms: troubled({ latency: 1 }), signals }));
    expect([...trouble.kinds].sort()).toEqual(['latency', 'unhealthy-targets']);
  });
});
