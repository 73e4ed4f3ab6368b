import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeleteTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { controlsAttributes, installedControls } from '../../../lambdas/contract/controls-item.ts';
import { ledgerTableName } from '../../../lambdas/contract/names.ts';
import { apiAddress } from '../../../lambdas/contract/operation-api.ts';
import { Account } from '../harness/account.ts';
import { page, rowsOf } from './deployed-resources.ts';
import { Installation } from './installation.ts';
import { difference, type Inventory, inventory } from './inventory/inventory.ts';
import { forgottenProperties } from './kept-properties.ts';
import { cloudFormation } from './makers/maker.ts';
import { RecoveryFile } from './recovery-file.ts';

const pipeline = 'paramedic-prod';
const ledger = ledgerTableName('prod');
const documented = join(import.meta.dirname, '../../../docs/reference/deployed-resources.md');

const account = await Account.open('444400000003');
const file = new RecoveryFile(account.id);
const table = new DynamoDBClient(account.client());
let installation: Installation;

/** What deployments asked AWS to change, CloudFormation in moto aside. */
const changesAsked = () =>
  account.requests
    .filter(({ caller, method }) => caller === cloudFormation && method !== 'GET')
    .map(({ operation }) => operation)
    .filter((operation) => !/\.(Describe|UpdateStack)/.test(operation));

/** Every resource of every template, as text. */
const resources = (): Inventory =>
  Object.fromEntries(
    installation.stacks.flatMap((stack) =>
      Object.entries(installation.template(stack).Resources).map(([id, one]) => [
        `${stack} ${id}`,
        JSON.stringify(one),
      ]),
    ),
  );

/** Deploys again, and says what became of everything in the account and in the templates. */
async function redeployed() {
  const [before, written] = [await inventory(account), resources()];
  account.requests.length = 0;
  await installation.redeploy(file.path);
  const asked = changesAsked();
  return { ...difference(before, await inventory(account)), asked, templates: difference(written, resources()) };
}

beforeAll(async () => {
  installation = await Installation.deploy(account, file.path);
}, 180_000);

afterAll(async () => {
  installation?.remove();
  file.remove();
  await account.close();
});

describe('a first deployment', () => {
  it('creates the stack of the pipeline, and one for each service', () => {
    const [first, ...services] = installation.stacks;
    expect(first).toBe(pipeline);
    expect(services.toSorted()).toEqual([`${pipeline}-service-checkout`, `${pipeline}-service-search`]);
  });

  it('creates every resource of every template', async () => {
    for (const name of installation.stacks) {
      const created = await installation.stack(name).resources();
      const ids = Object.keys(installation.template(name).Resources);
      expect(ids.filter((id) => !created.has(id))).toEqual([]);
    }
  });

  it('leaves everything in the account as the templates have it', async () => {
    const names = Object.keys(await inventory(account));
    const count = (kind: string) => names.filter((name) => name.startsWith(`${kind} `)).length;
    const templates = installation.stacks.map((name) => installation.template(name));
    const expected = (type: string) => rowsOf(templates).find((row) => row.type === type)?.count;
    expect(count('alarms')).toBe(expected('AWS::CloudWatch::Alarm'));
    expect(count('functions')).toBe(expected('AWS::Lambda::Function'));
    expect(count('parameters')).toBe(expected('AWS::SSM::Parameter'));
    expect(count('roles')).toBe(expected('AWS::IAM::Role'));
    expect(count('rules')).toBe(expected('AWS::Events::Rule'));
    expect(count('topics')).toBe(expected('AWS::SNS::Topic'));
    expect(count('logGroups')).toBe(expected('AWS::Logs::LogGroup'));
    expect(count('apis')).toBe(expected('AWS::ApiGatewayV2::Api'));
  });

  it('gives functions the names and ARNs of what was created', () => {
    const { environment } = installation.function('recover');
    const versions = JSON.parse(environment.ACTION_FUNCTIONS ?? '') as Readonly<Record<string, string>>;
    expect(versions['replace-task']).toBe(installation.function('replace-task').versionArn);
    expect(versions['replace-task']).toMatch(/:1$/);
    expect(installation.function('on-signal').environment.RECOVER_FUNCTION).toBe(
      `${installation.function('recover').arn}:live`,
    );
    expect(environment.LEDGER_TABLE).toBe(installation.tableName);
  });

  it('publishes where people ask, has IAM authorize every route, and tells the functions that compose messages', async () => {
    const [api] = Object.entries(await inventory(account)).filter(([name]) => name.startsWith('apis '));
    const {
      api: made,
      routes,
      stages,
    } = JSON.parse(api?.[1] ?? '') as {
      readonly api: { readonly apiId: string };
      readonly routes: readonly { readonly routeKey: string; readonly authorizationType: string }[];
      readonly stages: readonly { readonly stageName: string; readonly routeSettings: object }[];
    };
    expect(routes.map(({ routeKey, authorizationType }) => [routeKey, authorizationType]).sort()).toEqual(
      ['approve', 'pause', 'reject', 'resume', 'undo'].map((route) => [`POST /${route}`, 'AWS_IAM']),
    );
    expect(stages.map(({ stageName }) => stageName)).toEqual(['live']);
    expect(Object.keys(stages[0]?.routeSettings ?? {}).sort()).toEqual(routes.map(({ routeKey }) => routeKey).sort());
    const address = apiAddress(made.apiId, account.region);
    expect((await inventory(account))['parameters /paramedic/prod/_api']).toContain(`"${address}"`);
    for (const name of ['recover', 'workflow-ended', 'sweep'] as const)
      expect(installation.function(name).environment.OPERATOR_API).toBe(address);
  });

  it('deploys the bundles that were synthesized', () => {
    expect(existsSync(installation.function('deregister-target').bundle)).toBe(true);
  });

  it('turns on what CloudFormation in moto passes over', async () => {
    const ledger = (await inventory(account))[`tables ${installation.tableName}`] ?? '';
    expect(ledger).toContain('"TimeToLiveStatus":"ENABLED","AttributeName":"expiresAt"');
    expect(ledger).toContain('"PointInTimeRecoveryStatus":"ENABLED"');
    expect(ledger).toContain('"DeletionProtectionEnabled":true');
  });

  it('is listed in the docs, resource by resource', async () => {
    const templates = installation.stacks.map((name) => installation.template(name));
    const forgotten = await forgottenProperties(account, installation.template(pipeline), (id) =>
      installation.physicalId(pipeline, id),
    );
    const text = page(rowsOf(templates), forgotten);
    if (process.env.MOTO_WRITE !== undefined) writeFileSync(documented, text);
    expect(readFileSync(documented, 'utf8'), 'npm run test:aws -- --write brings it up to date').toBe(text);
  });
});

const atInstallation = controlsAttributes(installedControls);
const byPeople = { ...atInstallation, paused: { BOOL: true }, by: { S: 'on call' } };

/** The item that says whether Paramedic is paused. */
async function pause() {
  const Key = { pk: { S: installedControls.pk }, sk: { S: installedControls.sk } };
  return (await table.send(new GetItemCommand({ TableName: ledger, Key, ConsistentRead: true }))).Item;
}

describe('the pause', () => {
  it('is written by the deployed code when Paramedic is installed', async () => {
    expect(await pause()).toEqual(atInstallation);
  });

  it('stays as people set it when CloudFormation asks for it once more', async () => {
    await table.send(new PutItemCommand({ TableName: ledger, Item: byPeople }));
    const resources = Object.entries(installation.template(pipeline).Resources);
    const [id = ''] = resources.find(([, { Type }]) => Type === 'Custom::ParamedicPauseState') ?? [];
    account.requests.length = 0;
    await installation.stack(pipeline).recreate(id);
    // The condition on the item does not hold; the provider takes that for success.
    expect(account.asked('dynamodb.PutItem').map(({ status }) => status)).toEqual([400]);
    expect(await pause()).toEqual(byPeople);
  });
});

describe('a second deployment', () => {
  it('with another threshold changes that alarm and that parameter, and nothing else', async () => {
    file.replace('800ms', '900ms');
    const { added, changed, removed, asked, templates } = await redeployed();
    expect(changed).toEqual(['alarms paramedic/prod/checkout/latency', 'parameters /paramedic/prod/checkout']);
    expect([added, removed]).toEqual([[], []]);
    expect(asked).toEqual(['monitoring.PutMetricAlarm']);
    expect(templates).toEqual({
      added: [],
      changed: [
        expect.stringContaining('service-checkout checkoutAlarmslatency'),
        expect.stringContaining('service-checkout checkoutSettings'),
      ],
      removed: [],
    });
    expect(await pause()).toEqual(byPeople);
  });

  it('with one more service touches what must know of it, and no other service', async () => {
    file.append(oneMore(account.id));
    const { added, changed, removed } = await redeployed();
    expect(added).toEqual([
      ...['errors', 'latency', 'no-capacity', 'unhealthy-targets'].map(
        (kind) => `alarms paramedic/prod/basket/${kind}`,
      ),
      'parameters /paramedic/prod/basket',
    ]);
    const others = changed.filter((name) => !/^roles paramedic-prod-(Actions|Recover|OnSignal)/.test(name));
    expect(others).toEqual(['parameters /paramedic/prod/_services/4', 'parameters /paramedic/prod/_services/count']);
    expect(changed.filter((name) => name.startsWith('roles ')).length).toBeGreaterThan(0);
    expect(removed).toEqual([]);
  });

  it('with a service less takes away its stack only when it is destroyed', async () => {
    const before = await inventory(account);
    await installation.destroy([`${pipeline}-service-basket`]);
    const { added, changed, removed } = difference(before, await inventory(account));
    expect(removed.every((name) => name.includes('/basket'))).toBe(true);
    expect([removed.length, added, changed]).toEqual([5, [], []]);
  });
});

describe('the deletion of all stacks', () => {
  it('leaves the ledger, its key and the logs', async () => {
    await installation.destroy();
    const left: Inventory = await inventory(account);
    const kinds = Object.keys(left).map((name) => name.replace(/ .*/, ''));
    expect([...new Set(kinds)]).toEqual(['keys', 'logGroups', 'tables']);
    expect(kinds.filter((kind) => kind === 'logGroups')).toHaveLength(14);
    expect(left[`tables ${ledger}`]).toContain('"DeletionProtectionEnabled":true');
    expect(Object.values(left).join()).not.toContain('PendingDeletion');
  });

  it('leaves a ledger that nobody deletes by mistake', async () => {
    const deletion = table.send(new DeleteTableCommand({ TableName: ledger }));
    await expect(deletion).rejects.toThrow(/DeletionProtectionEnabled/);
  });
});

const oneMore = (id: string): string => `
  basket:
    owner: shop
    runbook: https://runbooks.example.com/basket
    service: basket
    targetGroups:
      - arn:aws:elasticloadbalancing:eu-central-1:${id}:targetgroup/basket/00000000deadbeef
    alarms:
      latency: { threshold: 500ms }
`;
