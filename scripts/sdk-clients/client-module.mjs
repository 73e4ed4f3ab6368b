import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { SchemaWriter } from './schemas.mjs';

const require = createRequire(import.meta.url);

/**
 * The text of the module that takes the place of `@aws-sdk/client-<service>` in bundles: `exports` and no others. `keeps`
 * tells of a member of a structure whether anybody reads or writes it.
 */
export async function clientModule(service, exports, keeps) {
  const name = `@aws-sdk/client-${service}`;
  const sdk = await import(name);
  const { version } = require(`${name}/package.json`);
  const schemas = new SchemaWriter(keeps);
  const lines = exports.map((each) => exportLine(each, sdk, schemas, service));
  lines.push(...retryableErrors(sdk, exports, schemas));
  const { protocol, settings } = await settingsOf(sdk, exports, version);
  const uses = (word) => lines.some((line) => line.includes(`${word}(`));
  return [
    `// Generated from ${name} ${version} by \`npm run generate\`; do not edit.`,
    `import { ${protocol} } from '@aws-sdk/core/protocols';`,
    ...(uses('createPaginator') ? ["import { createPaginator } from '@smithy/core';"] : []),
    ...(settings.includes('DynamoDBJsonCodec2')
      ? ["import { DynamoDBJsonCodec2 } from '@aws-sdk/dynamodb-codec';"]
      : []),
    `import { defaultEndpointResolver } from '../../../node_modules/${name}/dist-es/endpoint/endpointResolver.js';`,
    `import { clientOf, commandsOf${uses('errorOf') ? ', errorOf' : ''} } from './service-client.mjs';`,
    '',
    ...schemas.lines,
    '',
    `const service = ${settings};`,
    'const command = /* @__PURE__ */ commandsOf(service);',
    '',
    ...lines,
    '',
  ].join('\n');
}

function exportLine(name, sdk, schemas, service) {
  const [, subject, kind] = /^(.*?)(Client|Command|Exception)$/.exec(name) ?? [];
  switch (kind) {
    case 'Client':
      return `export const ${name} = /* @__PURE__ */ clientOf(service);`;
    case 'Command':
      return `export const ${name} = /* @__PURE__ */ command(${schemas.nameOf(sdk[`${subject}$`])});`;
    case 'Exception':
      return `export const ${name} = /* @__PURE__ */ errorOf(service, ${schemas.nameOf(sdk[`${name}$`])});`;
    default:
      return `export const ${name} = /* @__PURE__ */ ${paginatorCall(name, service)};`;
  }
}

/** Errors that the SDK repeats because their class says so, not for their name or status: known to the client though nobody imports them. */
function retryableErrors(sdk, exports, schemas) {
  const errors = Object.entries(sdk).filter(
    ([name]) => /(Exception|Error|Fault)$/.test(name) && !exports.includes(name),
  );
  const marked = errors.filter(([, Class]) => typeof Class === 'function' && new Class({}).$retryable !== undefined);
  return marked.map(
    ([name, Class]) =>
      `errorOf(service, ${schemas.nameOf(sdk[`${name}$`])}, { $retryable: ${JSON.stringify(new Class({}).$retryable)} });`,
  );
}

/** The SDK's own call, which knows the names of the tokens: `createPaginator(ECSClient, ListTasksCommand, "nextToken", …)`. */
function paginatorCall(name, service) {
  const [, operation] = /^paginate(.+)$/.exec(name) ?? [];
  if (operation === undefined)
    throw new Error(
      `An adapter imports ${name}; clients, commands, exceptions and paginators are all that is made here.`,
    );
  const main = require.resolve(`@aws-sdk/client-${service}`);
  const file = main.replace(/dist-cjs.*/, `dist-es/pagination/${operation}Paginator.js`);
  return /createPaginator\(.*\)/.exec(readFileSync(file, 'utf8'))[0].replaceAll('"', "'");
}

/** How the SDK's own client of the service is set up. */
async function settingsOf(sdk, exports, sdkVersion) {
  const Client = sdk[exports.find((name) => name.endsWith('Client'))];
  const { config } = new Client({ region: 'us-east-1' });
  const { defaultNamespace, xmlNamespace, version, serviceTarget, awsQueryCompatible, jsonCodec } =
    config.protocolSettings;
  const protocol = config.protocol.constructor.name;
  const { baseDelay } = await config.retryStrategy();
  const lines = {
    clientName: JSON.stringify(Client.name),
    serviceId: JSON.stringify(config.serviceId),
    sdkVersion: JSON.stringify(sdkVersion),
    apiVersion: JSON.stringify(config.apiVersion),
    signingName: JSON.stringify(config.defaultSigningName),
    defaultMaxAttempts: await config.maxAttempts(),
    baseDelay,
    protocol,
    protocolSettings: JSON.stringify({ defaultNamespace, xmlNamespace, version, serviceTarget, awsQueryCompatible }),
    ...(jsonCodec === undefined ? {} : { codec: jsonCodec.constructor.name }),
    endpointProvider: 'defaultEndpointResolver',
  };
  const settings = `{\n${Object.entries(lines)
    .map(([key, value]) => `  ${key}: ${value},\n`)
    .join('')}}`;
  return { protocol, settings };
}
