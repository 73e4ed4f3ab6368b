import { describe, expect, it } from 'vitest';
import { alarmsQuiet } from '../../../lambdas/pipeline/verify/alarms-quiet.ts';
import { minute, now, settings, signal, symptoms, troubled } from '../diagnose/build.ts';

const well = symptoms(() => ({}));
const bad = troubled({ errors: 600 });
const none = { until: now, minutes: 0, groups: [], service: {} };

describe('the alarms of a service are quiet', () => {
  it('when the newest signal of each is resolved', () => {
    const fired = signal('errors', { at: now - 9 * minute });
    const resolved = signal('errors', { state: 'resolved', at: now - minute });
    expect(alarmsQuiet(settings, none, null, [fired, resolved])).toEqual({
      quiet: true,
      says: 'All alarms of the service are OK.',
    });
    expect(alarmsQuiet(settings, none, null, [resolved, fired]).quiet).toBe(true);
  });
  it('when an OK event was lost but the alarm, evaluated over newer metrics, is OK', () => {
    expect(alarmsQuiet(settings, well, null, [signal('errors', { at: now - 5 * minute })]).quiet).toBe(true);
  });
});

describe('the alarms of a service are not quiet', () => {
  it('while one fires and its metrics breach, and says which', () => {
    expect(alarmsQuiet(settings, bad, null, [signal('errors', { at: now - 2 * minute })])).toEqual({
      quiet: false,
      says: 'Not OK: paramedic/prod/checkout/errors.',
    });
  });
  it('while one fires and no metric is newer than its event', () => {
    const old = symptoms(() => ({}), now - 3 * minute);
    expect(alarmsQuiet(settings, old, null, [signal('errors', { at: now - 2 * minute })]).quiet).toBe(false);
    expect(alarmsQuiet(settings, none, null, [signal('errors')]).quiet).toBe(false);
  });
  it('while one fires and its newest minutes have no datapoint at all: late metrics prove nothing', () => {
    const late = well.groups.map((group) => ({
      ...group,
      series: Object.fromEntries(
        Object.entries(group.series).map(([name, values]) => [
          name,
          values.map((value, i) => (i < values.length - 2 ? value : null)),
        ]),
      ),
    }));
    const fired = [signal('errors', { at: now - 5 * minute })];
    expect(alarmsQuiet(settings, { ...well, groups: late }, null, fired).quiet).toBe(false);
  });
  it('before a whole minute has passed after the instant that is asked about', () => {
    const fired = [signal('errors', { at: now - 9 * minute })];
    expect(alarmsQuiet(settings, well, now - minute - 1, fired).quiet).toBe(false);
    expect(alarmsQuiet(settings, well, now - 2 * minute, fired).quiet).toBe(true);
  });
  it('while a composite or a team’s own alarm fires, whatever the metrics', () => {
    expect(alarmsQuiet(settings, well, null, [signal('combined', { at: now - 9 * minute })]).quiet).toBe(false);
    const own = signal('errors', { alarm: 'checkout-5xx', at: now - 9 * minute });
    expect(alarmsQuiet(settings, well, null, [own]).quiet).toBe(false);
    expect(alarmsQuiet(settings, well, null, [{ ...own, state: 'resolved' }]).quiet).toBe(true);
  });
  it('when one that has never signalled breaches: its event was lost or is on the way', () => {
    expect(alarmsQuiet(settings, bad, null, []).quiet).toBe(false);
  });
  it('when one breaches again in the minutes since its OK', () => {
    const resolved = (ago: number) => [signal('errors', { state: 'resolved', at: now - ago * minute })];
    expect(alarmsQuiet(settings, bad, null, resolved(4)).quiet).toBe(false);
    expect(alarmsQuiet(settings, bad, null, resolved(2)).quiet).toBe(true);
  });
});
