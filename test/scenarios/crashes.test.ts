import { describe, expect, it } from 'vitest';
import type { FunctionName } from '../../lambdas/contract/names.ts';
import type { Place } from '../../lib/simulator/process.ts';
import type { RunResult } from '../../lib/simulator/result.ts';
import type { Scenario } from '../../lib/simulator/scenario.ts';
import { Play } from '../../lib/simulator/simulate.ts';
import { scenarioFrom } from './play-all.ts';

/** A small service in trouble, over as soon as it can be. */
const small = (duration: string, ...faults: readonly string[]): Scenario =>
  scenarioFrom(
    'crash.yaml',
    `
name: crash
duration: ${duration}
services:
  checkout: { tasks: 4, traffic: 80/s, capacityPerTask: 60/s }
faults:
${faults.map((fault) => `  - ${fault}`).join('\n')}
`,
  );

const sickTask = small('18m', '{ at: 2m, kind: error-task, service: checkout, tasks: 1, rate: 60% }');
const badRelease = small('20m', '{ at: 2m, kind: bad-deployment, service: checkout, revision: "43", errorRate: 60% }');
const leak = small('36m', '{ at: 2m, kind: memory-leak, service: checkout, growth: 3%/m }');
/** The sick task gets well when it is out, and something else breaks: the target goes back. */
const inVain = small(
  '24m',
  '{ at: 2m, until: 6m, kind: error-task, service: checkout, tasks: 1, rate: 50% }',
  '{ at: 350s, kind: dependency-down, service: checkout, rate: 30% }',
);

/** A person approves the one rung after three quarters of a minute. */
const approved = small(
  '20m',
  '{ at: 1m, kind: approval, service: checkout, answer: approve, after: 45s }',
  '{ at: 2m, kind: error-task, service: checkout, tasks: 1, rate: 60% }',
);

/** Plays it with one process dying at that place. */
async function play(
  scenario: Scenario,
  death?: Place,
): Promise<{ readonly result: RunResult; readonly places: Place[] }> {
  const playing = new Play(scenario, { seed: 1 });
  const { deaths } = playing.installation;
  const places: Place[] = [];
  deaths.onPlace = (place) => places.push(place);
  if (death) deaths.add({ function: death.function, step: death.n, when: death.side });
  await playing.until(scenario.duration);
  expect(deaths.died).toBe(death ? 1 : 0);
  return { result: playing.result(), places };
}

/** In approve mode; a look that is missed in the wait is made up for soon. */
const asking = (scenario: Scenario): Scenario => ({
  ...scenario,
  services: scenario.services.map((spec) => ({
    ...spec,
    settings: { ...spec.settings, mode: 'approve', timing: { ...spec.settings.timing, watchEvery: { minutes: 1 } } },
  })),
});

/** What comes after it is as in any other mode. */
const untilTheFirstAct = (places: readonly Place[]): readonly Place[] =>
  places.slice(0, places.findIndex(({ call, side }) => call.startsWith('act ') && side === 'after') + 1);

const deeds = ({ outcome, incidents, changes }: RunResult) => ({
  outcome,
  incidents: incidents.length,
  changes: changes.map(({ kind }) => kind),
});

/**
 * How often each workflow and action was started; a workflow that goes on after a death counts once. An action that dies
 * before its claim is ordered anew, so that its own deaths say nothing here.
 */
function starts(places: readonly Place[], died: FunctionName): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const place of places) {
    if (place.function === died || place.function === 'on-signal' || place.n !== 1 || place.side !== 'before') continue;
    counts[place.function] = (counts[place.function] ?? 0) + 1;
  }
  return counts;
}

/** Judged by outcome and changes, not by time. `among` chooses from the places where it could die. */
async function endsTheSameWherever(
  name: FunctionName,
  scenario: Scenario,
  among = (places: readonly Place[]): readonly Place[] => places,
): Promise<void> {
  const calm = await play(scenario);
  const deaths = among(calm.places.filter((place) => place.function === name));
  expect(deaths.length).toBeGreaterThan(9);
  for (const place of deaths) {
    const { result, places } = await play(scenario, place);
    const shown = { place, violations: result.violations, starts: starts(places, name), ...deeds(result) };
    expect(shown).toEqual({ place, violations: [], starts: starts(calm.places, name), ...deeds(calm.result) });
  }
}

describe('killed at each step, before and after it,', () => {
  it('on-signal opens one incident and loses nothing', () => endsTheSameWherever('on-signal', sickTask));
  it('recover does nothing twice and ends the same', () => endsTheSameWherever('recover', sickTask));
  it('recover waits for an approval, does nothing twice and ends the same', () =>
    endsTheSameWherever('recover', asking(approved), untilTheFirstAct));
  it('deregister-target ends the same', () => endsTheSameWherever('deregister-target', sickTask));
  it('replace-task ends the same', () => endsTheSameWherever('replace-task', sickTask));
  it('register-target ends the same', () => endsTheSameWherever('register-target', inVain));
  it('roll-back-deployment ends the same', () => endsTheSameWherever('roll-back-deployment', badRelease));
  it('restart-service ends the same', () => endsTheSameWherever('restart-service', leak));
});
