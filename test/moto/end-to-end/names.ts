/** What the installation is called. */
export const pipeline = 'prod';

/** One owner, and so one topic, for each service: what a topic is sent is then about this service. */
export const ownerOf = (service: string): string => `${service}-team`;
