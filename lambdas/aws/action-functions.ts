import type { ActionKind } from '../contract/names.ts';
import { grants } from '../contract/permissions.ts';
import { object, text } from './shape.ts';

/** Action kind → version ARN of its function: an incident ends on the code it began with. */
export type ActionFunctions = Readonly<Record<ActionKind, string>>;

const flawIn = object(Object.fromEntries(Object.keys(grants).map((kind) => [kind, text])));

/** Reads them from an environment variable, as JSON. */
export function actionFunctionsIn(json: string, variable: string): ActionFunctions {
  const given = parsed(json, variable);
  const flaw = flawIn(given, variable);
  if (flaw !== undefined) throw new Error(`The environment variable ${variable} is not as it should be: ${flaw}.`);
  return given as ActionFunctions;
}

function parsed(json: string, variable: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Error(`The environment variable ${variable} is no JSON: ${json.slice(0, 80)}`);
  }
}
