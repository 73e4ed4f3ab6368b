import { onSignalFunctionName, signalQueueName } from '../../lambdas/contract/names.ts';
import type { Install } from '../config/recovery.ts';

/** ARNs known from names alone, so that no stack needs another one's output. */
export const arnOf = (install: Install, service: string, resource: string): string =>
  `arn:${install.partition}:${service}:${install.region}:${install.account}:${resource}`;

export const onSignalArn = (install: Install): string =>
  arnOf(install, 'lambda', `function:${onSignalFunctionName(install.name)}`);

export const undeliveredSignalsArn = (install: Install): string => arnOf(install, 'sqs', signalQueueName(install.name));

/** EventBridge allows 64 characters (https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html). */
const longestRuleName = 64;

/**
 * `paramedic-<pipeline>.<what>`. No name of a pipeline has a dot, so that one pattern stands for the rules of one pipeline
 * and of no other; where the name would be too long, its tail gives way to a checksum.
 */
export function ruleName(pipeline: string, what: string): string {
  const name = `paramedic-${pipeline}.${what}`;
  if (name.length <= longestRuleName) return name;
  return `${name.slice(0, longestRuleName - 9)}-${checksum(what)}`;
}

/** Stands for every rule of the pipeline, in whichever stack. */
export const ruleArns = (install: Install): string => arnOf(install, 'events', `rule/${ruleName(install.name, '*')}`);

/** Eight hexadecimal digits (FNV-1a) that depend on the text alone. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}
