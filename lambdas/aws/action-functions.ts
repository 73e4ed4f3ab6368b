import type { ActionKind } from '../contract/names.ts';
import { grants } from '../contract/permissions.ts';
import { object, text } from './shape.ts';
import { jsonIn } from './variables.ts';

/** Action kind → version ARN of its function: an incident ends on the code it began with. */
export type ActionFunctions = Readonly<Record<ActionKind, string>>;

const flawIn = object(Object.fromEntries(Object.keys(grants).map((kind) => [kind, text])));

/** Reads them from an environment variable, as JSON. */
export const actionFunctionsIn = (json: string, variable: string): ActionFunctions =>
  jsonIn<ActionFunctions>(json, variable, flawIn);
