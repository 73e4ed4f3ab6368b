import { apiParameter } from '../../../lambdas/contract/names.ts';
import { ApiGateway, type Integration } from '../../operator/api-gateway.ts';
import { askJson, askRest } from '../deploy/ask.ts';
import type { Deployed, Installation } from '../deploy/installation.ts';
import type { Account } from '../harness/account.ts';
import { LambdaProcess, lambdaEnvironment } from './lambda-process.ts';
import { StageClock } from './stage-clock.ts';

type Route = { readonly routeKey: string; readonly authorizationType: string; readonly target: string };

/** The address that the stack has published, which the tests replace by that of the stand-in. */
export type PeopleApi = { readonly gateway: ApiGateway; readonly published: string };

/**
 * The API that was deployed, answered for by a stand-in: it authorizes as API Gateway does, and runs the deployed bundle of the
 * function that the deployed route leads to.
 */
export async function openPeopleApi(
  account: Account,
  installation: Installation,
  clock = new StageClock(),
): Promise<PeopleApi> {
  const [pipeline = ''] = installation.stacks;
  const [id = ''] =
    Object.entries(installation.template(pipeline).Resources).find(
      ([, { Type }]) => Type === 'AWS::ApiGatewayV2::Api',
    ) ?? [];
  const apiId = installation.physicalId(pipeline, id);
  const gateway = await ApiGateway.open(account.id, apiId, clock.now);
  gateway.integration = integrationOf(account, installation, apiId, clock);
  const name = { Name: apiParameter('prod') };
  const { Parameter } = await askJson<{ readonly Parameter: { readonly Value: string } }>(
    account,
    'test',
    'ssm',
    'AmazonSSM.GetParameter',
    name,
  );
  const inItsPlace = { ...name, Value: gateway.address, Overwrite: true };
  await askJson(account, 'test', 'ssm', 'AmazonSSM.PutParameter', inItsPlace);
  return { gateway, published: Parameter.Value };
}

/** Looks at the routes as they are deployed, and runs what stands behind the one that was asked. */
const integrationOf =
  (account: Account, installation: Installation, apiId: string, clock: StageClock): Integration =>
  async (event) => {
    const api = <Answer>(path: string) =>
      askRest(account, 'test', 'apigateway', `/v2/apis/${apiId}${path}`) as Promise<Answer>;
    const { items } = await api<{ readonly items: readonly Route[] }>('/routes');
    const route = items.find(({ routeKey }) => routeKey === event.routeKey);
    // Without it anybody would be let in.
    if (route?.authorizationType !== 'AWS_IAM') throw new Error(`${event.routeKey} is not authorized by IAM.`);
    const { integrationUri } = await api<{ readonly integrationUri: string }>(`/${route.target}`);
    const names: readonly Deployed[] = ['stop', 'operate'];
    const name = names.find((one) => installation.function(one).arn === integrationUri);
    if (name === undefined) throw new Error(`${integrationUri} is no function for people.`);
    const deployed = installation.function(name);
    const environment = { ...deployed.environment, ...lambdaEnvironment(name, deployed, account) };
    const { result, error } = await new LambdaProcess('run-function.mjs', clock, environment, {
      bundle: deployed.bundle,
      event,
    }).answer;
    return error === undefined
      ? (result as { readonly statusCode: number })
      : { statusCode: 500, body: '{"message":"Internal Server Error"}' };
  };
