import type { Account } from '../../harness/account.ts';
import { askRest } from '../ask.ts';

type Items = { readonly items: readonly Readonly<Record<string, unknown>>[] };

/** HTTP APIs with their integrations, routes and stages. */
export async function apis(account: Account): Promise<Readonly<Record<string, unknown>>> {
  const list = async (path: string) =>
    ((await askRest(account, 'test', 'apigateway', `/v2/apis${path}`)) as Items).items;
  const found = (await list('')).map(async (api) => {
    const of = (kind: string) => list(`/${String(api.apiId)}/${kind}`);
    const [integrations, routes, stages] = await Promise.all([of('integrations'), of('routes'), of('stages')]);
    return [String(api.name), { api, integrations, routes, stages }] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}
