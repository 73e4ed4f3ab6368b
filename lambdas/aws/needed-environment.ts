export type Environment = Readonly<Record<string, string | undefined>>;

/** An environment variable the function cannot work without. Read when it is invoked, never at import. */
export function neededVariable(env: Environment, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`The environment variable ${name} is not set; the stack sets it on every function.`);
  return value;
}

/** Makes a thing on the first call and keeps it for the life of the process. */
export function once<T>(make: () => T): () => T {
  let made: { readonly thing: T } | undefined;
  return () => {
    made ??= { thing: make() };
    return made.thing;
  };
}
