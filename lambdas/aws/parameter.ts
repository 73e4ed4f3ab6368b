import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { needed } from './answers.ts';
import { reading } from './clients.ts';

/** Reads one SSM parameter. */
export type ParameterReader = (name: string) => Promise<string | undefined>;

/** The value of a parameter, or `undefined` when there is none of that name. Rejects when it could not be read. */
export const awsParameters =
  (client = new SSMClient(reading)): ParameterReader =>
  async (name) => {
    try {
      const { Parameter } = await client.send(new GetParameterCommand({ Name: name }));
      return needed(Parameter?.Value, `GetParameter ${name}`, 'Parameter.Value');
    } catch (error) {
      if (error instanceof ParameterNotFound) return undefined;
      throw error;
    }
  };
