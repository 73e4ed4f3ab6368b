/** `*` stands for any characters, `?` for one (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html). */
export function matches(pattern: string, text: string): boolean {
  if (/\$\{/.test(pattern)) throw new Error(`Policy variables are not evaluated here: ${pattern}`);
  return expressionOf(pattern).test(text);
}

const known = new Map<string, RegExp>();

function expressionOf(pattern: string): RegExp {
  const found = known.get(pattern);
  if (found !== undefined) return found;
  const source = pattern
    .replace(/[\\^$.+()|[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const made = new RegExp(`^${source}$`, 's');
  known.set(pattern, made);
  return made;
}

/**
 * The six parts of an ARN are matched one by one, so that a wildcard does not reach over a colon into the next
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN).
 */
export function arnMatches(pattern: string, arn: string): boolean {
  const [wanted, given] = [partsOf(pattern), partsOf(arn)];
  return wanted.length === given.length && wanted.every((part, index) => matches(part, given[index] ?? ''));
}

function partsOf(arn: string): readonly string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}
