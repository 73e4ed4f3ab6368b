// What the generated clients beside this file have in common. See docs/decisions/0008-clients-made-of-sdk-parts.md.
import {
  createDefaultUserAgentProvider,
  getHostHeaderPlugin,
  getRecursionDetectionPlugin,
  getUserAgentPlugin,
  resolveHostHeaderConfig,
  resolveUserAgentConfig,
} from '@aws-sdk/core/client';
import { AwsSdkSigV4Signer, resolveAwsSdkSigV4Config } from '@aws-sdk/core/httpAuthSchemes';
import {
  DefaultIdentityProviderConfig,
  getHttpAuthSchemeEndpointRuleSetPlugin,
  getHttpSigningPlugin,
} from '@smithy/core';
import { Sha256 } from '@smithy/core/checksum';
import { Client, getSmithyContext, makeBuilder, NoOpLogger, ServiceException } from '@smithy/core/client';
import { resolveRegionConfig } from '@smithy/core/config';
import { getEndpointPlugin, resolveEndpointConfig } from '@smithy/core/endpoints';
import { getContentLengthPlugin, parseUrl } from '@smithy/core/protocols';
import { getRetryPlugin, StandardRetryStrategy } from '@smithy/core/retry';
import { getSchemaSerdePlugin, TypeRegistry } from '@smithy/core/schema';
import { calculateBodyLength, fromBase64, fromUtf8, toBase64, toUtf8 } from '@smithy/core/serde';
import { NodeHttpHandler, streamCollector } from '@smithy/node-http-handler';
import { credentialsIn } from '../credentials.ts';

const sigv4 = 'aws.auth#sigv4';

/** What the SDK's endpoint rules ask of a client. */
const endpointParameters = {
  UseFIPS: { type: 'builtInParams', name: 'useFipsEndpoint' },
  Endpoint: { type: 'builtInParams', name: 'endpoint' },
  Region: { type: 'builtInParams', name: 'region' },
  UseDualStack: { type: 'builtInParams', name: 'useDualstackEndpoint' },
};

/** Makes the command class of each operation of a service. */
export function commandsOf({ clientName, protocolSettings }) {
  const make = makeBuilder(endpointParameters, protocolSettings.serviceTarget, clientName, getEndpointPlugin);
  return (operation) => make({}, () => [], operation[2], operation);
}

/** Makes an error class of a service known to its protocol; errors that nobody catches by class need none. */
export function errorOf({ protocolSettings }, schema, marks = {}) {
  const Class = class extends ServiceException {
    static shapeId = `${schema[1]}#${schema[2]}`;
    constructor(given) {
      super({ name: schema[2], $fault: schema[3].error, ...given });
      Object.assign(this, marks);
    }
  };
  TypeRegistry.for(protocolSettings.defaultNamespace).registerError(schema, Class);
  return Class;
}

/**
 * The client of a service, put together from the SDK's own parts as the SDK's clients are (see any `runtimeConfig.js` of it),
 * with one difference: what a function has in its environment isn't looked for in files.
 */
export function clientOf(service) {
  registerBaseError(service.protocolSettings.defaultNamespace);
  return class extends Client {
    constructor(given = {}) {
      const base = { ...parts(service), ...environmentOf(service.serviceId), ...given };
      super({ ...base, ...retrying(base), requestHandler: NodeHttpHandler.create(base.requestHandler) });
      this.config = resolved(this.config);
      for (const plugin of plugins(this.config)) this.middlewareStack.use(plugin);
    }
  };
}

/** Every other error of the service: the SDK gives it the name that AWS gave it. */
function registerBaseError(namespace) {
  const synthetic = `smithy.ts.sdk.synthetic.${namespace}`;
  TypeRegistry.for(synthetic).registerError([-3, synthetic, 'ServiceException', 0, [], []], ServiceException);
}

/** What every client of the SDK is made of; a service adds what is its own. */
const parts = ({ serviceId, signingName, protocolSettings, codec, sdkVersion, ...own }) => ({
  ...own,
  runtime: 'node',
  serviceId,
  protocolSettings: { ...protocolSettings, ...(codec ? { jsonCodec: new codec() } : {}) },
  disableHostPrefix: false,
  defaultSigningName: signingName,
  base64Decoder: fromBase64,
  base64Encoder: toBase64,
  utf8Decoder: fromUtf8,
  utf8Encoder: toUtf8,
  bodyLengthChecker: calculateBodyLength,
  streamCollector,
  sha256: Sha256,
  urlParser: parseUrl,
  logger: new NoOpLogger(),
  extensions: [],
  credentialDefaultProvider: () => async () => credentialsIn(process.env),
  defaultUserAgentProvider: createDefaultUserAgentProvider({ serviceId, clientVersion: sdkVersion }),
  httpAuthSchemeProvider: ({ region }) => [
    {
      schemeId: sigv4,
      signingProperties: { name: signingName, region },
      propertiesExtractor: (config, context) => ({ signingProperties: { config, context } }),
    },
  ],
  httpAuthSchemes: [
    {
      schemeId: sigv4,
      identityProvider: (config) => config.getIdentityProvider(sigv4),
      signer: new AwsSdkSigV4Signer(),
    },
  ],
});

/** https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html */
function environmentOf(serviceId, env = process.env) {
  const suffix = serviceId.toUpperCase().replaceAll(' ', '_');
  const endpoint = env[`AWS_ENDPOINT_URL_${suffix}`] || env.AWS_ENDPOINT_URL;
  return {
    region: async () => env.AWS_REGION,
    useFipsEndpoint: env.AWS_USE_FIPS_ENDPOINT === 'true',
    useDualstackEndpoint: env.AWS_USE_DUALSTACK_ENDPOINT === 'true',
    ignoreConfiguredEndpointUrls: true,
    ...(endpoint ? { endpoint } : {}),
  };
}

/** The SDK's `standard` mode, with the service's own delays; the token bucket belongs to the client, not to a call. */
function retrying({ maxAttempts, defaultMaxAttempts, baseDelay }) {
  const attempts = maxAttempts ?? defaultMaxAttempts;
  const strategy = new StandardRetryStrategy({ maxAttempts: attempts, baseDelay });
  return { maxAttempts: async () => attempts, retryStrategy: async () => strategy };
}

const resolved = (config) =>
  resolveAwsSdkSigV4Config(
    resolveEndpointConfig(resolveHostHeaderConfig(resolveRegionConfig(resolveUserAgentConfig(config)))),
  );

const plugins = (config) => [
  getSchemaSerdePlugin(config),
  getUserAgentPlugin(config),
  getRetryPlugin(config),
  getContentLengthPlugin(config),
  getHostHeaderPlugin(config),
  getRecursionDetectionPlugin(config),
  getHttpAuthSchemeEndpointRuleSetPlugin(config, {
    httpAuthSchemeParametersProvider: async ({ region }, context) => ({
      operation: getSmithyContext(context).operation,
      region: await region(),
    }),
    identityProviderConfigProvider: async ({ credentials }) =>
      new DefaultIdentityProviderConfig({ [sigv4]: credentials }),
  }),
  getHttpSigningPlugin(config),
];
