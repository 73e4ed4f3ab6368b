import type { ServicePlan } from '../../lib/config/recovery.ts';
import type { RoleName } from '../../lib/constructs/permission-matrix.ts';
import type { Need } from './need.ts';
import { type Asked, neededFor } from './needed.ts';
import type { Surroundings } from './surroundings.ts';

/** A permission that a call needed: whose call, of which port. */
export type Exercise = { readonly who: RoleName; readonly port: string; readonly need: Need };

type Made = { readonly who: RoleName; readonly port: string; readonly request: Asked };

/** What all the requests need, one of each shape: ids of tasks, incidents and deployments make no difference to IAM. */
export function exercisesOf(made: readonly Made[], around: Surroundings): readonly Exercise[] {
  const shapes = new Map<string, Exercise>();
  for (const { who, port, request } of made)
    for (const need of neededFor(request, around)) {
      const shape = shapeOf({ who, port, need });
      if (!shapes.has(shape)) shapes.set(shape, { who, port, need });
    }
  return [...shapes.values()];
}

const id = /[0-9a-f]{32,}|\d{8}-\d{6}-[a-z0-9]+|(?<=(?:service-deployment|service-revision)\/[^/]+\/[^/]+\/)[\w-]+/g;

const shapeOf = (exercise: Exercise): string => JSON.stringify(exercise).replace(id, 'ID');

/**
 * What is needed on one service is needed on every one: no scenario does everything to each, but any service may come to
 * need it. Names of the services `to` stand in for the names of those `from` which the calls were made.
 */
export function onEveryService(
  exercises: readonly Exercise[],
  from: readonly ServicePlan[],
  to: readonly ServicePlan[],
): readonly Exercise[] {
  const names = new Names(from);
  const everywhere = exercises.flatMap((exercise) => {
    const text = JSON.stringify(exercise);
    const blank = names.blanked(text);
    return blank === text ? [exercise] : to.map((plan) => JSON.parse(names.filled(blank, plan)) as Exercise);
  });
  return [...new Map(everywhere.map((exercise) => [shapeOf(exercise), exercise])).values()];
}

/** The names by which services and their target groups are called. */
class Names {
  readonly #groups: ReadonlyMap<string, number>;
  readonly #words: RegExp;

  constructor(plans: readonly ServicePlan[]) {
    const all = plans.map(({ settings }) => settings.resources);
    this.#groups = new Map(
      all.flatMap(({ targetGroups }) => targetGroups.map((group, index) => [group, index] as const)),
    );
    // Longest first: one name may begin with another.
    const services = [...new Set(all.map(({ service }) => service))].sort((a, b) => b.length - a.length);
    this.#words = new RegExp(`(?<![\\w-])(?:${services.join('|')})(?!\\w)`, 'g');
  }

  /** The text with gaps for the names. */
  blanked(text: string): string {
    const withoutGroups = [...this.#groups].reduce((all, [group, index]) => all.replaceAll(group, gap(index)), text);
    return withoutGroups.replace(this.#words, gap('name'));
  }

  /** The gaps filled with the names of one service; that of a group it does not have, with its first. */
  filled(blank: string, { settings: { resources } }: ServicePlan): string {
    const [first = ''] = resources.targetGroups;
    return blank
      .replaceAll(gap('name'), resources.service)
      .replace(/<group (\d+)>/g, (_, index: string) => resources.targetGroups[Number(index)] ?? first);
  }
}

const gap = (of: number | 'name'): string => (of === 'name' ? '<service>' : `<group ${of}>`);
