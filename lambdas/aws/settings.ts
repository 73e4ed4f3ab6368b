import { settingsParameter } from '../contract/names.ts';
import type { ServiceSettings } from '../contract/settings.ts';
import type { SettingsReader } from '../ports/sight.ts';
import { log } from './log.ts';
import { awsParameters, type ParameterReader } from './parameter.ts';
import { flawIn } from './settings-shape.ts';

/** A service's resolved configuration, which its stack publishes as a parameter. */
export const awsSettings = (pipeline: string, parameter: ParameterReader = awsParameters()): SettingsReader => ({
  of: async (service) => {
    const text = await parameter(settingsParameter(pipeline, service));
    return text === undefined ? undefined : parse(text, pipeline, service);
  },
});

/** `undefined` when it is not what this version can work with: the incident is then handed over, never guessed at. */
function parse(text: string, pipeline: string, service: string): ServiceSettings | undefined {
  const parsed = parsedOrNull(text);
  const flaw = flawIn(parsed, pipeline, service);
  if (flaw !== undefined) log.warn(`The configuration of ${service} is invalid: ${flaw}`);
  return flaw === undefined ? (parsed as ServiceSettings) : undefined;
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
