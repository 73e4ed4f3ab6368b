import type { Permission } from '../../lib/constructs/permission.ts';
import type { RoleName } from '../../lib/constructs/permission-matrix.ts';
import type { DeployedRoles } from './deployed-roles.ts';
import { type Exercise, exercisesOf } from './exercises.ts';
import { type Grant, grantsOf, grantsOfPermission, keyOf, statementOf } from './grants.ts';
import type { Need } from './need.ts';
import type { Asked } from './needed.ts';
import { allows, applies, type RolePolicies } from './policy.ts';
import { strangersTo } from './strangers.ts';
import type { Surroundings } from './surroundings.ts';

/** What is to be held against a role: what its function needed, and what the code says of its permissions. */
export class Check {
  readonly #exercises: readonly Exercise[];
  readonly #strangers: readonly Need[];
  /** Grants that nothing is known to need, and those that are knowingly wider than what is done with them. */
  readonly #exceptions: ReadonlySet<string>;
  readonly #wider: ReadonlySet<string>;

  constructor(exercises: readonly Exercise[], permissions: readonly Permission[]) {
    const keys = (some: readonly Permission[]) => new Set(some.flatMap(grantsOfPermission).map(keyOf));
    this.#exercises = exercises;
    this.#exceptions = keys(permissions.filter(({ because }) => because !== undefined));
    this.#wider = keys(permissions.filter(({ wider }) => wider !== null));
    const unexercised = permissions.filter(({ because }) => because !== undefined).flatMap(needsLike);
    const needs = [...exercises.map(({ need }) => need), ...unexercised];
    const own = new Set(needs.map((one) => JSON.stringify(one)));
    const strangers = needs.flatMap(strangersTo).map((one) => [JSON.stringify(one), one] as const);
    this.#strangers = [...new Map(strangers).values()].filter((one) => !own.has(JSON.stringify(one)));
  }

  /** One sentence for whatever is wrong with the role; none when it is allowed what it needs and nothing more. */
  *findings(role: RolePolicies): Generator<string> {
    const grants = grantsOf(role);
    yield* this.#denied(role);
    yield* this.#idle(grants);
    yield* this.#missing(grants);
    yield* this.#tooWide(role, grants);
  }

  *#denied(role: RolePolicies): Generator<string> {
    for (const { port, need } of this.#exercises)
      if (!allows(role, need)) yield `${port} is not allowed ${told(need)}.`;
  }

  /** Grants that nothing exercised, and exceptions that something did. */
  *#idle(grants: readonly Grant[]): Generator<string> {
    for (const grant of grants) {
      const statement = statementOf(grant);
      const used = this.#exercises.some(({ need }) => applies(statement, need));
      const excepted = this.#exceptions.has(keyOf(grant));
      if (used && excepted) yield `${keyOf(grant)} is exercised: it is no exception any more.`;
      if (!used && !excepted) yield `Nothing needs ${keyOf(grant)}.`;
    }
  }

  *#missing(grants: readonly Grant[]): Generator<string> {
    const there = new Set(grants.map(keyOf));
    for (const key of this.#exceptions) if (!there.has(key)) yield `The exception ${key} is not granted.`;
  }

  /** Strangers that come in by another door than one that is knowingly wide. */
  *#tooWide(role: RolePolicies, grants: readonly Grant[]): Generator<string> {
    const doors = grants.filter((grant) => !this.#wider.has(keyOf(grant))).map(statementOf);
    for (const stranger of this.#strangers)
      if (doors.some((door) => applies(door, stranger)) && allows(role, stranger))
        yield `A stranger is allowed ${told(stranger)}.`;
  }

  /** Grants with a wildcard for a resource that let nobody in: they could name the resource. */
  needlesslyWild(role: RolePolicies): readonly string[] {
    return grantsOf(role)
      .filter(({ resource }) => /(?<!:)\*/.test(resource))
      .filter((grant) => !this.#strangers.some((stranger) => applies(statementOf(grant), stranger)))
      .map((grant) => `No stranger comes through ${keyOf(grant)}: it could be narrower.`);
  }

  /** Grant → the ports whose calls exercised it. */
  exercisedBy(role: RolePolicies): ReadonlyMap<string, readonly string[]> {
    return new Map(
      grantsOf(role).map((grant) => {
        const statement = statementOf(grant);
        const ports = this.#exercises.filter(({ need }) => applies(statement, need)).map(({ port }) => port);
        return [keyOf(grant), [...new Set(ports)].sort()];
      }),
    );
  }
}

const told = ({ action, resource, context }: Need): string =>
  `${action} on ${resource} with ${JSON.stringify(context)}`;

/** The needs there would be if something needed the permission: where a condition equals something, so does its key. */
const needsLike = (permission: Permission): readonly Need[] =>
  permission.actions.flatMap((action) =>
    permission.resources.map((resource) => ({
      action,
      resource,
      context: Object.fromEntries(
        Object.entries(permission.conditions?.StringEquals ?? {}).map(([key, value]) => [key, [value].flat()]),
      ),
    })),
  );

/** A request that was recorded with the name of the function that made it. */
export type Recorded = Asked & { readonly caller: string };

/**
 * Recorded requests against the policies of the functions that made them: one sentence for each that would have been
 * denied. Callers that are no function are not looked at. A request that nobody has looked up throws.
 */
export function checkRequests(
  requests: readonly Recorded[],
  roles: DeployedRoles,
  around: Surroundings,
): readonly string[] {
  const isRole = (name: string): name is RoleName => name in roles;
  const made = requests.flatMap(({ caller, ...request }) =>
    isRole(caller) ? [{ who: caller, port: request.operation, request }] : [],
  );
  return exercisesOf(made, around)
    .filter(({ who, need }) => !allows(roles[who], need))
    .map(({ who, port, need }) => `${who} is not allowed ${told(need)} for ${port}.`);
}
