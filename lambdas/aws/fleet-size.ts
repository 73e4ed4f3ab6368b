import { serviceCountParameter } from '../contract/names.ts';
import type { FleetSize } from '../ports/fleet.ts';
import { awsParameters, type ParameterReader } from './parameter.ts';

/** How many services there are: a parameter that the pipeline's own stack publishes beside their lists. */
export const awsFleetSize = (pipeline: string, parameter: ParameterReader = awsParameters()): FleetSize => ({
  services: async () => {
    const name = serviceCountParameter(pipeline);
    const text = await parameter(name);
    if (text === undefined || !/^\d+$/.test(text)) throw new Error(`The parameter ${name} is not a count: ${text}.`);
    return Number(text);
  },
});
