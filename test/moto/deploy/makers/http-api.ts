import type { Account } from '../../harness/account.ts';
import { askRest } from '../ask.ts';
import type { Properties } from '../template.ts';
import { cloudFormation, type Maker, made, type Site, text } from './maker.ts';

// AWS::ApiGatewayV2::*: the API's requests have the properties of the template, in camel case
// (https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html).

type Answer = Readonly<Record<string, string>>;

const ask = (account: Account, method: string, path: string, body?: unknown): Promise<Answer> =>
  askRest(account, cloudFormation, 'apigateway', `/v2/apis${path}`, method, body) as Promise<Answer>;

/** `RouteKey` is `routeKey`; what is no name of a property, such as `POST /pause`, stays. */
function camel(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const named = Object.entries(value).map(([name, part]) => [
    /^[A-Z][A-Za-z]+$/.test(name) ? `${name.slice(0, 1).toLowerCase()}${name.slice(1)}` : name,
    camel(part),
  ]);
  return Object.fromEntries(named) as unknown;
}

const withoutApi = ({ ApiId: _, ...others }: Properties): unknown => camel(others);

/** One of the things an API is made of. */
const part = (kind: 'integrations' | 'routes', id: 'integrationId' | 'routeId'): Maker => ({
  create: async (properties, { account }) => {
    const answer = await ask(account, 'POST', `/${text(properties, 'ApiId')}/${kind}`, withoutApi(properties));
    return made(answer[id] ?? '');
  },
  update: async (properties, was, { account }) => {
    await ask(account, 'PATCH', `/${text(properties, 'ApiId')}/${kind}/${was.ref}`, withoutApi(properties));
    return was;
  },
  identity: ['ApiId'],
  delete: async ({ ref }, properties, { account }) => {
    await ask(account, 'DELETE', `/${text(properties, 'ApiId')}/${kind}/${ref}`);
  },
});

export const httpApi: Maker = {
  create: async (properties, { account }) => {
    const { apiId = '', apiEndpoint = '' } = await ask(account, 'POST', '', camel(properties));
    return made(apiId, { ApiEndpoint: apiEndpoint, ApiId: apiId });
  },
  update: async (properties, was, { account }) => {
    await ask(account, 'PATCH', `/${was.ref}`, camel(properties));
    return was;
  },
  identity: ['ProtocolType'],
  delete: async ({ ref }, _, { account }) => {
    await ask(account, 'DELETE', `/${ref}`);
  },
};

export const httpIntegration = part('integrations', 'integrationId');
export const httpRoute = part('routes', 'routeId');

/** moto takes settings of routes that are not there; API Gateway does not. */
async function putStage(properties: Properties, { account }: Site) {
  const api = text(properties, 'ApiId');
  const { items } = (await ask(account, 'GET', `/${api}/routes`)) as unknown as { readonly items: readonly Answer[] };
  const known = items.map(({ routeKey }) => routeKey);
  const strange = Object.keys((properties.RouteSettings ?? {}) as object).find((key) => !known.includes(key));
  if (strange !== undefined)
    throw new Error(`Unable to find Route by key ${strange} within the provided RouteSettings`);
  await ask(account, 'POST', `/${api}/stages`, withoutApi(properties));
  return made(text(properties, 'StageName'));
}

export const httpStage: Maker = {
  create: putStage,
  // One of the same name takes the place of the other.
  update: (properties, _, site) => putStage(properties, site),
  identity: ['ApiId', 'StageName'],
  delete: async ({ ref }, properties, { account }) => {
    await ask(account, 'DELETE', `/${text(properties, 'ApiId')}/stages/${ref}`);
  },
};
