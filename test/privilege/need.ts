/**
 * What IAM is asked about one request: an action on a resource, and the keys that conditions may look at. `*` stands for the
 * resource where the action knows none. A request may need several.
 */
export type Need = {
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
};

/** Condition keys of one request, each with its values. A key that is not there is absent. */
export type Context = Readonly<Record<string, readonly string[]>>;

export const need = (action: string, resource = '*', context: Context = {}): Need => ({ action, resource, context });
