import type { Account } from '../../harness/account.ts';
import type { Made, Properties } from '../template.ts';

/** Where a resource is made. */
export type Site = { readonly account: Account; readonly stackId: string; readonly logicalId: string };

/** Who signs the requests that create, change and delete resources. */
export const cloudFormation = 'cloudformation';

/** Does for one type of resource, with the SDK, what CloudFormation in moto doesn't: with the properties of the template. */
export type Maker = {
  readonly create: (properties: Properties, site: Site) => Promise<Made>;
  /** Changes it in place; where that can't be done it is created anew and the old one deleted. */
  readonly update?: (properties: Properties, made: Made, site: Site) => Promise<Made>;
  /** What can't be changed in place. */
  readonly identity: readonly string[];
  readonly delete: (made: Made, properties: Properties, site: Site) => Promise<void>;
};

export const made = (ref: string, attributes: Readonly<Record<string, string>> = {}): Made => ({ ref, attributes });

/** A property that has to be there, and be text. */
export function text(properties: Properties, name: string): string {
  const value = properties[name];
  if (typeof value !== 'string') throw new Error(`${name} has to be text: ${JSON.stringify(value)}`);
  return value;
}
