/**
 * The services of a pipeline are published in several lists, so that hundreds fit into standard parameters of 4 KB. A service's
 * list follows from its id alone: one read finds it, and adding another service moves nobody from list to list.
 */
export type ServiceList = { readonly list: number; readonly text: string };

/** A prime, so that every bit of the checksum counts. 500 ids of 40 characters fill the fullest list by half. */
const lists = 13;

/** Which list the service is in, 0 to 12: its id's checksum (FNV-1a). Changing this hides services until all is deployed. */
export function serviceListOf(service: string): number {
  let hash = 0x811c9dc5;
  for (const character of service) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash % lists;
}

/** The lists that hold anything, ids in alphabetical order with a space between them. */
export function serviceLists(services: readonly string[]): readonly ServiceList[] {
  return Array.from({ length: lists }, (_, list) => ({
    list,
    text: services
      .filter((service) => serviceListOf(service) === list)
      .sort()
      .join(' '),
  })).filter(({ text }) => text !== '');
}

/** Is the service in the text of its list? A list that is not there holds nobody. */
export const isListed = (service: string, text: string | undefined): boolean =>
  text?.split(' ').includes(service) ?? false;
