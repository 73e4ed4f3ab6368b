import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { settingsParameter } from '../contract/names.ts';
import type { ServiceSettings } from '../contract/settings.ts';
import type { SettingsReader } from '../ports/sight.ts';
import { isNamed, needed } from './answers.ts';
import { reading } from './clients.ts';
import { log } from './log.ts';
import { flawIn } from './settings-shape.ts';

/** A service's resolved configuration, which its stack publishes as a parameter. */
export const awsSettings = (pipeline: string, client = new SSMClient(reading)): SettingsReader => ({
  of: async (service) => {
    const text = await read(client, settingsParameter(pipeline, service));
    return text === undefined ? undefined : parse(text, pipeline, service);
  },
});

async function read(client: SSMClient, Name: string): Promise<string | undefined> {
  try {
    const { Parameter } = await client.send(new GetParameterCommand({ Name }));
    return needed(Parameter?.Value, 'GetParameter', `Parameter.Value of ${Name}`);
  } catch (error) {
    if (isNamed(error, 'ParameterNotFound')) return undefined;
    throw error;
  }
}

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
