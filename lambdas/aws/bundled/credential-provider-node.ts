import { type Credentials, credentialsIn } from '../credentials.ts';

/**
 * Takes the place of `@aws-sdk/credential-provider-node` in bundles (see lib/constructs/esbuild-options.ts). A function has
 * its credentials in its environment; the SDK's other places to look for them are a quarter of every bundle.
 */
export const defaultProvider = () => async (): Promise<Credentials> => credentialsIn(process.env);
