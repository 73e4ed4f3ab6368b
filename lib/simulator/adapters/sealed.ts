function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part);
}

/**
 * A copy as a database would give it back: only what survives JSON, and nobody can change it afterwards, so that the same
 * copy may be handed to every reader.
 */
export function sealed<T>(value: T): T {
  const copy = JSON.parse(JSON.stringify(value)) as T;
  freeze(copy);
  return copy;
}
