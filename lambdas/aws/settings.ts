import { serviceListParameter, settingsParameter } from '../contract/names.ts';
import { isListed, serviceListOf } from '../contract/service-list.ts';
import type { ServiceSettings } from '../contract/settings.ts';
import type { SettingsReader } from '../ports/sight.ts';
import { awsParameters, type ParameterReader } from './parameter.ts';
import { flawIn } from './settings-shape.ts';

/**
 * A service's resolved configuration, which its stack publishes as a parameter. It counts only while the pipeline's own stack
 * lists the service: the stack of a service that left recovery.yaml lives on until a person destroys it.
 */
export const awsSettings = (
  pipeline: string,
  parameter: ParameterReader = awsParameters(),
  warn: (says: string) => void = console.warn,
): SettingsReader => ({
  of: async (service) => {
    const list = await parameter(serviceListParameter(pipeline, serviceListOf(service)));
    if (!isListed(service, list)) return undefined;
    const text = await parameter(settingsParameter(pipeline, service));
    if (text === undefined) return undefined;
    const parsed = parsedOrNull(text);
    const flaw = flawIn(parsed, pipeline, service);
    if (flaw === undefined) return { kind: 'valid', settings: parsed as ServiceSettings };
    // The incident is then handed over: a configuration this version cannot work with is never guessed at.
    const because = `The configuration of ${service} is invalid: ${flaw}.`;
    warn(because);
    return { kind: 'invalid', topic: topicIn(parsed), because };
  },
});

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Whatever else is wrong, its owner may still be told. */
function topicIn(parsed: unknown): string | null {
  if (typeof parsed !== 'object' || parsed === null || !('topic' in parsed)) return null;
  const { topic } = parsed;
  return typeof topic === 'string' && /^arn:[^:]+:sns:[^:]+:\d{12}:[\w-]+$/.test(topic) ? topic : null;
}
