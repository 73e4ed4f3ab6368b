import { beforeAll, describe, expect, it } from 'vitest';
import type { RoleName } from '../../lib/constructs/permission-matrix.ts';
import { useWire } from '../aws/wire.ts';
import { allCalls, allRequests, ownersOfTasks, scenarioServices } from './all-requests.ts';
import { Check } from './check.ts';
import { roleNames } from './deployed-roles.ts';
import { type Exercise, exercisesOf, onEveryService } from './exercises.ts';
import { grantsOf, grantsOfPermission, keyOf } from './grants.ts';
import { Installed } from './installed.ts';
import { runtimeExercises } from './lambda-runtime.ts';
import { mutantsOf } from './mutants.ts';
import { allows } from './policy.ts';

// Every call that any function makes in any scenario, made again over the wire and held against the roles of the template.

const wire = useWire();
const all = new Installed(scenarioServices(), false);
// The crowds of some scenarios are services like any other: what is done to one of them is tried on each of these.
const services = scenarioServices(3);
const installations = {
  'with ECS managed tags': new Installed(services, true),
  'without ECS managed tags': new Installed(services, false),
};
type Way = keyof typeof installations;
const ways = Object.keys(installations) as readonly Way[];
const checks = new Map<string, Check>();
/** What all requests needed, as they were made for all services. */
let asMade: readonly Exercise[] = [];

beforeAll(async () => {
  // The wiring of the functions finds AWS by its environment, as in Lambda.
  Object.assign(process.env, { AWS_ENDPOINT_URL: wire.endpoint, POWERTOOLS_METRICS_DISABLED: 'true' });
  const runs = await allCalls();
  const made = await allRequests(wire.server, runs, all);
  asMade = exercisesOf(made, all.surroundings(ownersOfTasks(runs)));
  for (const way of ways) {
    const installed = installations[way];
    const needed = exercisesOf(made, installed.surroundings(ownersOfTasks(runs)));
    const { services } = installed.recovery;
    const exercises = [...onEveryService(needed, all.recovery.services, services), ...runtimeExercises(installed)];
    for (const who of roleNames) {
      const own = exercises.filter((exercise) => exercise.who === who);
      checks.set(`${way} ${who}`, new Check(own, installed.matrix[who]));
    }
  }
});

describe.each(ways)('%s, the role of', (way) => {
  const { roles, matrix } = installations[way];

  function checkOf(who: RoleName): Check {
    const check = checks.get(`${way} ${who}`);
    if (check === undefined) throw new Error(`Nothing is known of ${who}.`);
    return check;
  }

  it.each(roleNames)('%s allows what is needed and nothing more', (who) => {
    expect([...checkOf(who).findings(roles[who])]).toEqual([]);
  });

  it.each(roleNames)('%s has no wildcard where a name would do', (who) => {
    expect(checkOf(who).needlesslyWild(roles[who])).toEqual([]);
  });

  it.each(roleNames)('%s is as the reference says, and needed by those of whom it says so', (who) => {
    const said = matrix[who].flatMap((permission) =>
      grantsOfPermission(permission).map((grant) => [keyOf(grant), [...permission.neededBy].sort()] as const),
    );
    expect(checkOf(who).exercisedBy(roles[who])).toEqual(new Map(said));
    expect(new Set(grantsOf(roles[who]).map(keyOf))).toEqual(new Set(said.map(([key]) => key)));
  });
});

it('allows all of it with so many services that their stacks are not named, and policies are split', () => {
  const granted = JSON.stringify(all.roles.sweep);
  expect(granted).toContain(':stack/*"');
  expect(asMade.length).toBeGreaterThan(1000);
  expect(asMade.filter(({ who, need }) => !allows(all.roles[who], need))).toEqual([]);
});

it('finds every mutant of every role: a statement, an action, a resource or a condition less, or a wildcard more', () => {
  const mutants = ways.flatMap((way) =>
    roleNames.flatMap((who) => mutantsOf(installations[way].roles[who]).map((mutant) => ({ way, who, ...mutant }))),
  );
  const alive = mutants.filter(({ way, who, role }) => checks.get(`${way} ${who}`)?.findings(role).next().done);
  expect(alive.map(({ way, who, what }) => `${who}, ${way}: ${what}`)).toEqual([]);
  console.log(`${mutants.length} mutants of ${roleNames.length} roles, ${ways.join(' and ')}: all found.`);
  expect(mutants.length).toBeGreaterThan(1000);
});
