import { describe, expect, it } from 'vitest';
import type { Symptoms } from '../../../lambdas/model/facts.ts';
import { alarmsQuiet } from '../../../lambdas/pipeline/verify/alarms-quiet.ts';
import { minute, now, settings, signal, symptoms, troubled } from '../diagnose/build.ts';

const well = symptoms(() => ({}));
const bad = troubled({ errors: 600 });
/** The same metrics, changed at every value: `ago` is 1 for the newest minute. */
const revised = (given: Symptoms, revise: (value: number | null, ago: number, metric: string) => number | null) => ({
  ...given,
  groups: given.groups.map((group) => ({
    ...group,
    series: Object.fromEntries(
      Object.entries(group.series).map(([metric, values]) => [
        metric,
        values.map((value, i) => revise(value, values.length - i, metric)),
      ]),
    ),
  })),
});
/** The same metrics without any datapoint in these minutes. */
const without = (given: Symptoms, ...minutes: readonly number[]): Symptoms =>
  revised(given, (value, ago) => (minutes.includes(ago) ? null : value));
/** Only the newest minutes. */
const onlyNewest = (given: Symptoms, minutes: number): Symptoms => ({
  ...given,
  minutes,
  groups: given.groups.map((group) => ({
    ...group,
    series: Object.fromEntries(Object.entries(group.series).map(([name, values]) => [name, values.slice(-minutes)])),
  })),
});
const errors = 'paramedic/prod/checkout/errors';
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
  it('when the later one of two signals of an instant is resolved', () => {
    const [fired, resolved] = [signal('errors'), signal('errors', { state: 'resolved' })];
    expect(alarmsQuiet(settings, none, null, [fired, resolved]).quiet).toBe(true);
    expect(alarmsQuiet(settings, none, null, [resolved, fired]).quiet).toBe(false);
  });
  it('when one that fires has one unmeasured minute, too few for it to be firing yet', () => {
    const fired = [signal('errors', { at: now - 5 * minute })];
    expect(alarmsQuiet(settings, without(well, 1), null, fired).quiet).toBe(true);
    expect(alarmsQuiet(settings, without(well, 2, 4), null, fired).quiet).toBe(true);
  });
  it('when there are no requests but the targets are counted: such a minute is measured', () => {
    const idle = revised(well, (value, ago, metric) => (ago <= 5 && metric !== 'healthyHosts' ? null : value));
    expect(alarmsQuiet(settings, idle, null, [signal('errors', { at: now - 5 * minute })]).quiet).toBe(true);
  });
  it('when there are just as many minutes of metrics as one that fires looks at', () => {
    const fired = [signal('errors', { at: now - 5 * minute })];
    expect(alarmsQuiet(settings, onlyNewest(well, 3), null, fired).quiet).toBe(true);
    expect(alarmsQuiet(settings, onlyNewest(well, 2), null, fired).quiet).toBe(false);
  });
  it('when the metrics reach just up to its event', () => {
    const fired = (at: number) => [signal('errors', { at })];
    expect(alarmsQuiet(settings, well, null, fired(well.until)).quiet).toBe(true);
    expect(alarmsQuiet(settings, well, null, fired(well.until + 1)).quiet).toBe(false);
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
    const bare = { ...settings, alarms: { ...settings.alarms, 'no-capacity': null } };
    const says = (given: Symptoms) => alarmsQuiet(bare, given, null, [signal('errors', { at: now - 5 * minute })]).says;
    expect(says(without(well, 1, 2))).toBe(`Not OK: ${errors}.`);
    expect(says(without(well, 1, 3))).toBe(`Not OK: ${errors}.`);
    const oneBad = revised(well, (value, ago, metric) => (ago === 2 && metric === 'target5xx' ? 600 : value));
    expect(says(without(oneBad, 1))).toBe(`Not OK: ${errors}.`);
    expect(says(oneBad)).toBe('All alarms of the service are OK.');
  });
  it('before a whole minute has passed after the instant that is asked about', () => {
    const fired = [signal('errors', { at: now - 9 * minute })];
    expect(alarmsQuiet(settings, well, now - minute - 1, fired).quiet).toBe(false);
    expect(alarmsQuiet(settings, well, now - 2 * minute, fired).quiet).toBe(true);
  });
  it('while a composite or a team’s own alarm fires, whatever the metrics', () => {
    expect(alarmsQuiet(settings, well, null, [signal('combined', { at: now - 9 * minute })]).quiet).toBe(false);
    const own = signal('errors', { alarm: 'checkout-5xx', at: now - 9 * minute });
    expect(alarmsQuiet(settings, well, null, [own]).says).toBe('Not OK: checkout-5xx.');
    expect(alarmsQuiet(settings, well, null, [{ ...own, state: 'resolved' }]).quiet).toBe(true);
  });
  it('when one that has never signalled breaches: its event was lost or is on the way', () => {
    expect(alarmsQuiet(settings, bad, null, []).says).toBe(`Not OK: ${errors}.`);
    expect(alarmsQuiet(settings, onlyNewest(bad, 2), null, []).says).toBe(`Not OK: ${errors}.`);
  });
  it('while several fire, and names each once', () => {
    const own = (at: number) => signal('errors', { alarm: 'checkout-5xx', at });
    const signals = [own(now - 9 * minute), own(now - 8 * minute), signal('combined'), signal('errors')];
    expect(alarmsQuiet(settings, bad, null, signals).says).toBe(
      `Not OK: ${errors}, checkout-5xx, paramedic/prod/checkout/all.`,
    );
  });
  it('when one breaches again in the minutes since its OK', () => {
    const resolved = (ago: number) => [signal('errors', { state: 'resolved', at: now - ago * minute })];
    expect(alarmsQuiet(settings, bad, null, resolved(4)).quiet).toBe(false);
    expect(alarmsQuiet(settings, bad, null, resolved(3)).quiet).toBe(false);
    expect(alarmsQuiet(settings, bad, null, resolved(2)).quiet).toBe(true);
  });
});
