import { makerOf } from './makers/makers.ts';
import { needs, type Resource } from './template.ts';

/** What can be created next: by CloudFormation in moto, and after that by the harness. */
export type Wave = { readonly byMoto: readonly string[]; readonly byHarness: readonly string[] };

/** The next wave of what is still to be created, in the order of what needs what. */
export function nextWave(pending: ReadonlyMap<string, Resource>): Wave {
  const byMoto = new Set([...pending].filter(([, { Type }]) => makerOf(Type) === undefined).map(([id]) => id));
  const waits = (resource: Resource) => [...needs(resource)].some((id) => pending.has(id) && !byMoto.has(id));
  for (let size = -1; size !== byMoto.size; ) {
    size = byMoto.size;
    for (const id of byMoto) if (waits(pending.get(id) as Resource)) byMoto.delete(id);
  }
  const byHarness = [...pending].filter(
    ([id, resource]) => !byMoto.has(id) && makerOf(resource.Type) && !waits(resource),
  );
  if (byMoto.size + byHarness.length === 0)
    throw new Error(`These resources need each other: ${[...pending.keys()].join(', ')}`);
  return { byMoto: [...byMoto], byHarness: byHarness.map(([id]) => id) };
}
