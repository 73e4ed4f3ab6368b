import { fieldOf, jsonIn } from './json-answer.ts';
import { pause as realPause } from './pause.ts';
import { askSigned, type SignedCall } from './signed-call.ts';
import type { Environment } from './variables.ts';

/** Reads one SSM parameter. */
export type ParameterReader = (name: string) => Promise<string | undefined>;

/** The value of a parameter, or `undefined` when there is none of that name. Rejects when it could not be read. */
export const awsParameters =
  (env: Environment = process.env, pause = realPause): ParameterReader =>
  (name) => {
    const call = getParameter(name);
    return askSigned(
      call,
      (answer) => {
        const found = jsonIn(call.name, answer, 'ParameterNotFound');
        return found === undefined ? undefined : valueIn(found, call.name);
      },
      env,
      pause,
    );
  };

const getParameter = (name: string): SignedCall => ({
  service: 'ssm',
  endpoint: 'AWS_ENDPOINT_URL_SSM',
  name: `GetParameter ${name}`,
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AmazonSSM.GetParameter' },
  body: JSON.stringify({ Name: name }),
});

function valueIn(answer: unknown, call: string): string {
  const value = fieldOf(fieldOf(answer, 'Parameter'), 'Value');
  if (typeof value !== 'string' || value === '') throw new Error(`${call} answered without Parameter.Value.`);
  return value;
}
