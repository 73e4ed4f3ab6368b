/** The last part of an ARN, which is what people call the thing: `task-definition/checkout:42` is `checkout:42`. */
export const shortName = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** A task as people call it: the first eight characters of its id. */
export const shortTask = (task: string): string => shortName(task).slice(0, 8);
