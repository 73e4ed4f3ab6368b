/** A stack as synthesized. */
export type Template = { readonly Resources: Resources };
export type Resources = Readonly<Record<string, Resource>>;
export type Properties = Readonly<Record<string, unknown>>;
export type Resource = {
  readonly Type: string;
  readonly Properties?: Properties;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
};

/** What Ref and Fn::GetAtt answer for a resource that exists. */
export type Made = { readonly ref: string; readonly attributes: Readonly<Record<string, string>> };

/** The logical ids a resource needs first: those it names in Ref, Fn::GetAtt or DependsOn. */
export function needs({ Properties, DependsOn = [] }: Resource): ReadonlySet<string> {
  const found = new Set([DependsOn].flat());
  collect(Properties, found);
  return found;
}

function collect(value: unknown, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  // None of our templates has one; its references would have to be read out of its text.
  if ('Fn::Sub' in value) throw new Error(`Fn::Sub is not understood: ${JSON.stringify(value)}`);
  const id = referred(value)?.id;
  if (id !== undefined) found.add(id);
  else for (const part of Object.values(value)) collect(part, found);
}

/** The value with what refers to resources in `made` replaced by what they are. */
export function withValues(value: unknown, made: ReadonlyMap<string, Made>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((part) => withValues(part, made));
  const { id, attribute } = referred(value) ?? {};
  const one = id === undefined ? undefined : made.get(id);
  if (one === undefined)
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withValues(part, made)]));
  if (attribute === undefined) return one.ref;
  const answer = one.attributes[attribute];
  if (answer === undefined) throw new Error(`${id} has no attribute ${attribute}.`);
  return answer;
}

/** `{ Ref: id }` or `{ 'Fn::GetAtt': [id, attribute] }`. */
function referred(value: object): { readonly id: string; readonly attribute?: string } | undefined {
  if ('Ref' in value) return { id: String(value.Ref) };
  if (!('Fn::GetAtt' in value)) return undefined;
  const [id, attribute] = value['Fn::GetAtt'] as [string, string];
  return { id, attribute };
}
