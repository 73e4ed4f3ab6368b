import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { awsLedger } from '../../../lambdas/aws/ledger.ts';
import { Table } from '../../../lambdas/aws/table.ts';
import type { Operation } from '../../../lambdas/model/operation.ts';
import { type SignedOperation, signOperation } from '../../../lib/operator/sign-operation.ts';
import { incidentId, order, ordered, signal, start } from '../../contract/ledger-samples.ts';
import { Installation } from '../deploy/installation.ts';
import { RecoveryFile } from '../deploy/recovery-file.ts';
import { CallerIdentity } from '../gaps/caller-identity.ts';
import { transactions } from '../gaps/transactions.ts';
import { Account } from '../harness/account.ts';
import { CommandLine } from './command-line.ts';
import { denied } from './denied.ts';
import { OperateInvocations } from './operate-invocations.ts';
import { inRole, type Person, userOf } from './people.ts';
import { record } from './record.ts';

const file = new RecoveryFile('500000000021');
const minute = 60_000;
let account: Account;
let other: Account;
let installation: Installation;
let commands: CommandLine;
let ann: Person;
let bob: Person;
let stranger: Person;

beforeAll(async () => {
  account = await Account.open('500000000021', [transactions()]);
  other = await Account.open('500000000022');
  const identity = new CallerIdentity(account);
  installation = await Installation.deploy(account, file.path);
  commands = new CommandLine(account, file.path);
  // The CDK command line asks who it is, too, with keys nobody was given.
  account.fill(identity);
  account.fill(new OperateInvocations(account, installation));
  ann = await userOf(account, 'ann', identity);
  bob = await inRole(account, 'on-call', 'bob@example.com', identity);
  stranger = await userOf(other, 'ann', identity);
}, 300_000);
afterEach(() => account.calm());
afterAll(async () => {
  record(account, 'operations');
  installation?.remove();
  file.remove();
  commands?.remove();
  await Promise.all([account.close(), other.close()]);
});

/** The command line as the person runs it. */
const paramedic = (person: Person, ...args: readonly string[]) => commands.run(person, ...args);

/** What `aws lambda invoke` does with a payload. */
async function invoke(payload: unknown): Promise<unknown> {
  const client = new LambdaClient(account.client('chat'));
  const FunctionName = 'paramedic-prod-operate';
  const { Payload } = await client.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(payload) }));
  return JSON.parse(new TextDecoder().decode(Payload));
}

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
    const answered = log.filter(({ sk }) => sk?.S?.endsWith('#ANSWER')).map(({ kind }) => kind?.S);
    expect(answered).toEqual(['done', 'done', 'done', 'done', 'done', 'refused']);
    expect(JSON.stringify(log)).not.toMatch(/AWS4|Signature/);
  });
});

describe('what a chat tool sends', () => {
  const operation: Operation = { kind: 'pause', service: 'checkout', until: null, why: 'by hand' };
  const signed = (person: Person, change: object = {}, at = Date.now()): Promise<SignedOperation> =>
    signOperation(operation, { pipeline: 'prod', region: account.region }, { ...person.key, ...change }, at);
  const refused = (says: RegExp) => ({ kind: 'refused', says: expect.stringMatching(says), by: null });
  const nothingPaused = async () => expect((await paused('SERVICE#checkout')).filter(([is]) => is)).toEqual([]);

  it('may be what paramedic --print says, and counts once', async () => {
    const { out } = await paramedic(ann, 'pause', 'checkout', '--why', 'by hand', '--print');
    const first = await invoke(JSON.parse(out));
    expect(first).toMatchObject({ kind: 'done', by: ann.arn });
    await paramedic(bob, 'resume', 'checkout', '--why', 'over');
    expect(await invoke(JSON.parse(out))).toEqual(first);
    await nothingPaused();
  });

  it.each<[string, () => Promise<unknown>, RegExp]>([
    [
      'with an argument that was changed after it was signed',
      async () => ({ ...(await signed(ann)), operation: { ...operation, service: null } }),
      /signed for another operation/,
    ],
    ['with a date six minutes ago', () => signed(ann, {}, Date.now() - 6 * minute), /the proof is 6 min old/],
    ['by somebody of another account', () => signed(stranger), /somebody of the account 500000000021\.$/],
    [
      'with ann’s key and not her secret',
      () => signed(ann, { secretAccessKey: 'guessed' }),
      /STS answered SignatureDoesNotMatch\.$/,
    ],
    ['with a key nobody has', () => signed(ann, { accessKeyId: 'AKIANOBODY' }), /STS answered InvalidClientTokenId\.$/],
    [
      'with a date that was changed after it was signed',
      async () => {
        const { proof, ...rest } = await signed(ann, {}, Date.now() - 6 * minute);
        const { proof: fresh } = await signed(ann);
        return { ...rest, proof: { headers: { ...proof.headers, 'x-amz-date': fresh.headers['x-amz-date'] } } };
      },
      /STS answered SignatureDoesNotMatch\.$|its date is none/,
    ],
  ])('%s is refused, and changes nothing', async (_, made, says) => {
    expect(await invoke(await made())).toEqual(refused(says));
    await nothingPaused();
  });

  it('is refused while STS does not answer', async () => {
    account.strike('sts.GetCallerIdentity', 'unavailable');
    expect(await invoke(await signed(ann))).toEqual(refused(/STS did not answer\. Try again\.$/));
    await nothingPaused();
  });
});

describe('what operate asked AWS for', () => {
  it('is denied by none of the policies of the template', () => {
    expect(new Set(account.requests.map(({ caller }) => caller))).toContain('operate');
    expect(denied({ account, installation })).toEqual([]);
  });
});
