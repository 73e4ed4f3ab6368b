/** Partitions whose services live under another domain (https://docs.aws.amazon.com/general/latest/gr/rande.html). */
export function awsDomain(region: string): string {
  if (region.startsWith('cn-')) return 'amazonaws.com.cn';
  return region.startsWith('eusc-') ? 'amazonaws.eu' : 'amazonaws.com';
}
