/**
 * Writes down what operations of the SDK's model need: the SDK's "static schemas", nested arrays that begin with a kind, a
 * namespace and a name, and that refer to each other by functions. (The `schemas_0.js` of every client holds them all, in a
 * way that a bundler can't take apart.)
 */
const structure = 3;

const isSchema = (value) =>
  Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'string' && typeof value[2] === 'string';

/** The names of all members of a structure, and of what it is made of. */
export function membersBelow(schema, found = new Set(), seen = new Set()) {
  const value = typeof schema === 'function' ? schema() : schema;
  if (!Array.isArray(value) || seen.has(value)) return found;
  seen.add(value);
  if (isSchema(value) && value[0] === structure) for (const member of value[4]) found.add(member);
  for (const each of value) if (typeof each === 'function' || Array.isArray(each)) membersBelow(each, found, seen);
  return found;
}

export class SchemaWriter {
  #names = new Map();
  #lines = [];
  #keeps;

  /** `keeps` tells of a structure's member by name whether anybody reads or writes it. */
  constructor(keeps) {
    this.#keeps = keeps;
  }

  get lines() {
    return this.#lines;
  }

  /** The name of the constant that holds a schema; writes it, and all that it refers to, on first sight. */
  nameOf(schema) {
    const known = this.#names.get(schema);
    if (known !== undefined) return known;
    const name = `s${this.#names.size}`;
    this.#names.set(schema, name);
    const place = this.#lines.push('') - 1;
    this.#lines[place] = `const ${name} = ${this.#list(this.#slim(schema))};`;
    return name;
  }

  /** A structure without the members nobody names. The last element counts those that are required: they come first. */
  #slim(schema) {
    if (schema[0] !== structure) return schema;
    const [kind, namespace, name, traits, members, types, required = 0] = schema;
    const kept = members.map((_, index) => index).filter((index) => this.#keeps(members[index]));
    const stillRequired = kept.filter((index) => index < required).length;
    const count = stillRequired > 0 ? [stillRequired] : [];
    return [
      kind,
      namespace,
      name,
      traits,
      kept.map((index) => members[index]),
      kept.map((index) => types[index]),
      ...count,
    ];
  }

  #list = (values) => `[${values.map((value) => this.#written(value)).join(', ')}]`;

  #written(value) {
    if (typeof value === 'function') return this.#reference(value());
    if (isSchema(value)) return this.#reference(value);
    if (Array.isArray(value)) return this.#list(value);
    if (typeof value === 'object' && value !== null)
      return `{ ${Object.entries(value)
        .map(([key, inner]) => `${JSON.stringify(key)}: ${this.#written(inner)}`)
        .join(', ')} }`;
    if (typeof value === 'string' || typeof value === 'number') return JSON.stringify(value);
    throw new Error(`The SDK's schemas hold what is not known here: ${String(value)}`);
  }

  #reference = (schema) => `() => ${isSchema(schema) ? this.nameOf(schema) : this.#written(schema)}`;
}
