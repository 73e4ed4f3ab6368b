import { z } from 'zod';

/** Any schema of zod's, whatever it yields. */
type AnySchema = z.core.$ZodType;

/** The schema behind optional, default, transform and their like. */
function unwrapped(schema: AnySchema): AnySchema {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodReadonly
  )
    return unwrapped(schema.def.innerType);
  if (schema instanceof z.ZodPipe) return unwrapped(schema.def.in);
  return schema;
}

/** The schemas that may stand for one value: the options of a union, or the schema alone. */
function choices(schema: AnySchema): readonly AnySchema[] {
  const bare = unwrapped(schema);
  return bare instanceof z.ZodUnion ? bare.def.options.flatMap(choices) : [bare];
}

function below(schema: AnySchema, key: PropertyKey): readonly AnySchema[] {
  return choices(schema).flatMap((choice): readonly AnySchema[] => {
    if (choice instanceof z.ZodObject) {
      const field: AnySchema | undefined = choice.shape[String(key)];
      return field === undefined ? [] : [field];
    }
    if (choice instanceof z.ZodRecord) return [choice.def.valueType];
    if (choice instanceof z.ZodArray) return [choice.def.element];
    return [];
  });
}

function keysOf(schema: AnySchema): readonly string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (!(schema instanceof z.ZodRecord)) return [];
  const key = unwrapped(schema.def.keyType);
  return key instanceof z.ZodEnum ? key.options.map(String) : [];
}

/** A union told apart by a key, such as `kind`: only the option whose literal is the value's. */
function fitting(choice: AnySchema, value: unknown): boolean {
  if (!(choice instanceof z.ZodObject) || typeof value !== 'object' || value === null) return true;
  return Object.entries(choice.shape).every(([key, field]) => {
    const bare = unwrapped(field as AnySchema);
    return !(bare instanceof z.ZodLiteral) || !(key in value) || bare.values.has(Reflect.get(value, key));
  });
}

/** The keys a mapping at this place of the document may have; empty when any will do. */
export function allowedKeys(schema: AnySchema, path: readonly PropertyKey[], value: unknown): readonly string[] {
  const found = path.reduce<readonly AnySchema[]>((at, key) => at.flatMap((one) => below(one, key)), [schema]);
  const options = found.flatMap(choices).filter((choice) => fitting(choice, value));
  return [...new Set(options.flatMap(keysOf))];
}
