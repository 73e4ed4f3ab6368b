import { type Environment, neededVariable } from './variables.ts';

/** What AWS knows us by; Lambda puts them into the environment of every function. */
export type Credentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

/** The credentials of the function's role, as Lambda sets them (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html). */
export function credentialsIn(env: Environment): Credentials {
  const sessionToken = env.AWS_SESSION_TOKEN;
  return {
    accessKeyId: neededVariable(env, 'AWS_ACCESS_KEY_ID'),
    secretAccessKey: neededVariable(env, 'AWS_SECRET_ACCESS_KEY'),
    ...(sessionToken === undefined ? {} : { sessionToken }),
  };
}
