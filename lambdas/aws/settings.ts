import { settingsParameter } from '../contract/names.ts';
import type { ServiceSettings } from '../contract/settings.ts';
import type { SettingsReader } from '../ports/sight.ts';
import { awsParameters, type ParameterReader } from './parameter.ts';
import { flawIn } from './settings-shape.ts';

/** A service's resolved configuration, which its stack publishes as a parameter. */
export const awsSettings = (
  pipeline: string,
  parameter: ParameterReader = awsParameters(),
  warn: (says: string) => void = console.warn,
): SettingsReader => ({
  of: async (service) => {
    const text = await parameter(settingsParameter(pipeline, service));
    if (text === undefined) return undefined;
    const parsed = parsedOrNull(text);
    const flaw = flawIn(parsed, pipeline, service);
    if (flaw === undefined) return parsed as ServiceSettings;
    // The incident is then handed over: a configuration this version cannot work with is never guessed at.
    warn(`The configuration of ${service} is invalid: ${flaw}.`);
    return undefined;
  },
});

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
