import type { Place } from './intrinsics.ts';

/** What IAM and the services look up beside the request itself. */
export type Surroundings = Place & {
  readonly tagsOfTask: (task: string) => Readonly<Record<string, string>>;
  /** The roles in the task definitions of a service, by the service's ARN. */
  readonly rolesOfService: (service: string) => readonly string[];
  /** The key that encrypts the ledger and the topics. */
  readonly keyArn: string;
};
