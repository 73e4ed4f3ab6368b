import type { Check } from './shape.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** An environment variable the function cannot work without. Read when it is invoked, never at import. */
export function neededVariable(env: Environment, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`The environment variable ${name} is not set; the stack sets it on every function.`);
  return value;
}

/** What an environment variable holds as JSON, in which `flawIn` finds nothing wrong. */
export function jsonIn<T>(json: string, name: string, flawIn: Check): T {
  const given = parsed(json, name);
  const flaw = flawIn(given, name);
  if (flaw !== undefined) throw new Error(`The environment variable ${name} is not as it should be: ${flaw}.`);
  return given as T;
}

function parsed(json: string, name: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Error(`The environment variable ${name} is no JSON: ${json.slice(0, 80)}`);
  }
}
