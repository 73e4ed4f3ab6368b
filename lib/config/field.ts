import type { z } from 'zod';

/** An optional field with its line in the editor and the default that holds without it. */
export const field = <S extends z.ZodType>(schema: S, description: string, byDefault?: unknown) =>
  schema.optional().meta(byDefault === undefined ? { description } : { description, default: byDefault });
