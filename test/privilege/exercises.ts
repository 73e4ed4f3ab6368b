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
 * need it. Names of the one stand in for the names of the other.
 */
export function onEveryService(exercises: readonly Exercise[], services: readonly ServicePlan[]): readonly Exercise[] {
  const everywhere = exercises.flatMap((exercise) => [
    exercise,
    ...services.flatMap((from) => services.map((to) => renamed(exercise, from, to))),
  ]);
  return [...new Map(everywhere.map((exercise) => [shapeOf(exercise), exercise])).values()];
}

function renamed(exercise: Exercise, from: ServicePlan, to: ServicePlan): Exercise {
  const [mine, other] = [from.settings.resources, to.settings.resources];
  const groups = mine.targetGroups.map((group, index) => [group, other.targetGroups[index] ?? group] as const);
  const text = groups.reduce((all, [group, instead]) => all.replaceAll(group, instead), JSON.stringify(exercise));
  const word = new RegExp(`(?<![\\w-])${mine.service}(?![\\w])`, 'g');
  return JSON.parse(text.replace(word, other.service)) as Exercise;
}
