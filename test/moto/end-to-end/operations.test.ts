import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { awsLedger } from '../../../lambdas/aws/ledger.ts';
import { Table } from '../../../lambdas/aws/table.ts';
import { apiAddress, curlLines } from '../../../lambdas/contract/operation-api.ts';
import { incidentId, order, ordered, signal, start } from '../../contract/ledger-samples.ts';
import { Installation } from '../deploy/installation.ts';
import { RecoveryFile } from '../deploy/recovery-file.ts';
import { transactions } from '../gaps/transactions.ts';
import { Account } from '../harness/account.ts';
import { CommandLine } from './command-line.ts';
import { denied } from './denied.ts';
import { inRole, type Person, userOf } from './people.ts';
import { openPeopleApi, type PeopleApi } from './people-api.ts';
import { record } from './record.ts';

const file = new RecoveryFile('500000000021');
const minute = 60_000;
let account: Account;
let other: Account;
let installation: Installation;
let api: PeopleApi;
let commands: CommandLine;
let ann: Person;
let bob: Person;
let stranger: Person;

beforeAll(async () => {
  account = await Account.open('500000000021', [transactions()]);
  other = await Account.open('500000000022');
  installation = await Installation.deploy(account, file.path);
  api = await openPeopleApi(account, installation);
  commands = new CommandLine(account, file.path);
  ann = await userOf(account, 'ann', api.gateway, ['pause']);
  bob = await inRole(account, 'on-call', 'bob@example.com', api.gateway);
  stranger = await userOf(other, 'ann', api.gateway, []);
}, 300_000);
afterEach(() => account.calm());
afterAll(async () => {
  record(account, 'operations');
  await api?.gateway.close();
  installation?.remove();
  file.remove();
  commands?.remove();
  await Promise.all([account.close(), other.close()]);
});

/** The command line as the person runs it. */
const paramedic = (person: Person, ...args: readonly string[]) => commands.run(person, ...args);

const client = () => new DynamoDBClient(account.client('reader'));

/** What stands in the ledger's table beside the incidents: the pause, and the log of operations. */
async function controls(prefix: string) {
  const { Items = [] } = await client().send(
    new QueryCommand({
      TableName: installation.tableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': { S: 'CONTROLS' }, ':sk': { S: prefix } },
    }),
  );
  return Items;
}
const paused = async (sort: string) =>
  (await controls(sort)).map(({ paused, by, why }) => [paused?.BOOL, by?.S, why?.S]);

describe('paramedic pause, as ann runs it', () => {
  it('pauses a service: the item in the table says who, why and until when', async () => {
    const before = Date.now();
    const { code, out, err } = await paramedic(ann, 'pause', 'checkout', '--for', '2h', '--why', 'load test');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^Paused: nothing is changed for checkout until \d{4}-\d\d-\d\d \d\d:\d\d UTC\.\n/);
    expect(out).toContain(`Recorded as asked for by ${ann.arn}.\n`);
    expect(ann.arn).toBe('arn:aws:iam::500000000021:user/ann');
    const [item] = await controls('SERVICE#checkout');
    expect(item).toMatchObject({ paused: { BOOL: true }, by: { S: ann.arn }, why: { S: 'load test' } });
    expect(Number(item?.until?.N) - before).toBeGreaterThanOrEqual(120 * minute);
    expect(Number(item?.until?.N) - Date.now()).toBeLessThanOrEqual(120 * minute);
  });

  it('lets no action claim its order, until bob resumes the service', async () => {
    const ledger = awsLedger(new Table(installation.tableName, client()));
    const incident = await ledger.open(signal(0), incidentId(1), start);
    const given = order(incident);
    await ledger.append([ordered(given)]);
    expect(await ledger.claim(given, Date.now())).toBe('paused');
    const { code, out, err } = await paramedic(bob, 'resume', 'checkout', '--why', 'done');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`checkout works again; it was paused by ${ann.arn} until `);
    expect(await paused('SERVICE#checkout')).toEqual([[false, bob.arn, 'done']]);
    expect(bob.arn).toBe('arn:aws:sts::500000000021:assumed-role/on-call/bob@example.com');
    expect(await ledger.claim(given, Date.now())).toBe('claimed');
  });

  it('pauses everything; resuming one service then says that it is', async () => {
    expect(await paramedic(ann, 'pause', '--why', 'migration')).toMatchObject({ code: 0 });
    const { code, out } = await paramedic(bob, 'resume', 'search', '--why', 'x', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      kind: 'done',
      says: expect.stringContaining(`But everything is paused by ${ann.arn} until somebody resumes it (migration)`),
      by: bob.arn,
    });
    expect(await paramedic(ann, 'resume', '--why', 'over')).toMatchObject({ code: 0 });
    expect(await paused('EVERYTHING')).toEqual([[false, ann.arn, 'over']]);
  });

  it('refuses a service that is not configured', async () => {
    const { code, err } = await paramedic(ann, 'pause', 'chekcout', '--why', 'x');
    expect({ code, err }).toEqual({
      code: 1,
      err: 'paramedic: refused: Paramedic looks after no service chekcout here: its name must stand in recovery.yaml, and be deployed.\n',
    });
  });

  it('leaves a log that nobody changes: who asked for what, in order, and what came of it', async () => {
    const log = await controls('LOG#');
    const asked = log
      .filter(({ sk }) => !sk?.S?.endsWith('#ANSWER'))
      // Those of one second are listed in any order.
      .sort((a, b) => Number(a.at?.N) - Number(b.at?.N))
      .map(({ kind, by, why }) => [kind?.S, by?.S, why?.S]);
    expect(asked).toEqual([
      ['pause', ann.arn, 'load test'],
      ['resume', bob.arn, 'done'],
      ['pause', ann.arn, 'migration'],
      ['resume', bob.arn, 'x'],
      ['resume', ann.arn, 'over'],
      ['pause', ann.arn, 'x'],
    ]);
    const answered = log
      .filter(({ sk }) => sk?.S?.endsWith('#ANSWER'))
      .sort((a, b) => Number(a.at?.N) - Number(b.at?.N))
      .map(({ kind }) => kind?.S);
    expect(answered).toEqual(['done', 'done', 'done', 'done', 'done', 'refused']);
    expect(JSON.stringify(log)).not.toMatch(/AWS4|Signature/);
  });
});

describe('the API that people ask', () => {
  const nothingPaused = async () => expect((await paused('SERVICE#checkout')).filter(([is]) => is)).toEqual([]);
  const id = '3f2b8c1e-5d6a-4c7b-9e8f-0a1b2c3d4e5f';

  it('is published where the command line looks for it', () => {
    expect(api.published).toBe(apiAddress(api.gateway.apiId, account.region));
  });

  it('does what one id asks for once, and lets nobody else have it', async () => {
    const pause = ['pause', 'checkout', '--why', 'by hand', '--id', id];
    const first = await paramedic(ann, ...pause);
    expect(first).toMatchObject({ code: 0, err: '' });
    await paramedic(bob, 'resume', 'checkout', '--why', 'over');
    expect(await paramedic(ann, ...pause)).toEqual(first);
    const says = 'paramedic: refused: Another request had this id, so nothing was done: ask with a new one.\n';
    expect(await paramedic(bob, ...pause)).toMatchObject({ code: 1, err: says });
    expect(await paramedic(ann, ...pause, '--for', '2h')).toMatchObject({ code: 1, err: says });
    await nothingPaused();
    expect((await controls(`LOG#${id}`)).map(({ sk }) => sk?.S)).toEqual([`LOG#${id}`, `LOG#${id}#ANSWER`]);
  });

  it('may be asked with curl, as messages say', async () => {
    const lines = curlLines(api.gateway.address, account.region, 'pause', { service: 'search', why: 'by curl' });
    const { accessKeyId, secretAccessKey, sessionToken = '' } = bob.key;
    const env = {
      PATH: process.env.PATH,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    };
    const child = spawn('sh', ['-c', lines.join('\n')], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    expect(err).toBe('');
    expect(JSON.parse(out)).toEqual({
      kind: 'done',
      says: 'Paused: nothing is changed for search until somebody resumes it.',
      by: bob.arn,
    });
    expect(await paused('SERVICE#search')).toEqual([[true, bob.arn, 'by curl']]);
  });

  it.each<readonly [string, () => Person, readonly string[]]>([
    ['an approval by ann, who may only stop', () => ann, ['approve', '20260105-120000-abcdefgh', '1']],
    ['an undo by ann', () => ann, ['undo', '20260105-120000-abcdefgh']],
    ['a stop by somebody of another account', () => stranger, ['pause', 'checkout', '--why', 'x']],
    [
      'a stop with the key of ann and not her secret',
      () => ({ ...ann, key: { ...ann.key, secretAccessKey: 'guessed' } }),
      ['pause', 'checkout', '--why', 'x'],
    ],
    [
      'a stop with a key nobody has',
      () => ({ ...ann, key: { ...ann.key, accessKeyId: 'AKIANOBODY' } }),
      ['pause', 'checkout', '--why', 'x'],
    ],
  ])('lets %s not in, and no function runs', async (_, who, args) => {
    const before = account.requests.length;
    const { code, err } = await paramedic(who(), ...args);
    expect(code).toBe(2);
    const [duty = ''] = args;
    expect(err).toMatch(new RegExp(`^paramedic: not sent: AWS does not let you ${duty}: .*-eu-central-1-${duty};`));
    const callers = new Set(account.requests.slice(before).map(({ caller }) => caller));
    expect([callers.has('stop'), callers.has('operate')]).toEqual([false, false]);
    await nothingPaused();
  });

  it('answers nobody, and changes nothing, while the ledger cannot be reached', async () => {
    account.strike('dynamodb.TransactWriteItems', 'denied');
    const { code, err } = await paramedic(ann, 'pause', 'checkout', '--why', 'x');
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('it failed with HTTP 500') });
    await nothingPaused();
  });
});

describe('what stop asked AWS for', () => {
  it('is denied by none of the policies of the template', () => {
    expect(new Set(account.requests.map(({ caller }) => caller))).toContain('stop');
    expect(denied({ account, installation })).toEqual([]);
  });
});
