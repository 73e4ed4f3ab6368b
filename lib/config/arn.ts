/** The partition a Region is in (https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html). */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  if (region.startsWith('us-isob-')) return 'aws-iso-b';
  if (region.startsWith('us-iso-')) return 'aws-iso';
  if (region.startsWith('eusc-')) return 'aws-eusc';
  return 'aws';
}

export type Arn = {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
};

/** An ARN's parts; `undefined` for a text that is none. IAM's ARNs have no Region. */
export function parseArn(text: string): Arn | undefined {
  const [head, partition, service, region, account, ...resource] = text.split(':');
  if (head !== 'arn' || !partition || !service || region === undefined || account === undefined) return undefined;
  return resource.length === 0 ? undefined : { partition, service, region, account, resource: resource.join(':') };
}

/** What stands behind the last slash: a cluster's name, a task's id. */
export const lastPart = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);
