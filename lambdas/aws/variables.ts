export type Environment = Readonly<Record<string, string | undefined>>;

/** An environment variable the function cannot work without. Read when it is invoked, never at import. */
export function neededVariable(env: Environment, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`The environment variable ${name} is not set; the stack sets it on every function.`);
  return value;
}
