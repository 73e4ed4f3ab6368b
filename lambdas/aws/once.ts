/** Makes a thing on the first call and keeps it for the life of the process. One that could not be made is tried again. */
export function once<T>(make: () => T): () => T {
  let made: { readonly thing: T } | undefined;
  return () => {
    made ??= { thing: make() };
    return made.thing;
  };
}
