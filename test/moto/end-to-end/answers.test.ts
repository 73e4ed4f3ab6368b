import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EntryOf, LedgerEntry } from '../../../lambdas/model/ledger-entry.ts';
import type { Ran } from '../../commands/command-line.ts';
import { tableOf } from './acts.ts';
import { CommandLine } from './command-line.ts';
import { approvedTask, rejectedTask, undoneRelease } from './courses/asked.ts';
import { oneTaskFails } from './courses/sick-task.ts';
import { denied } from './denied.ts';
import { type Person, userOf } from './people.ts';
import { openPeopleApi, type PeopleApi } from './people-api.ts';
import { Stage } from './stage.ts';

const specs = [approvedTask, rejectedTask, undoneRelease];
/** It takes a minute; a busy machine gets more. */
const patience = 600_000;
let stage: Stage;
let api: PeopleApi;
let commands: CommandLine;
let ann: Person;
let bob: Person;
/** What was asked for, and what the command line said. */
const ran = new Map<string, Ran>();
/** How many acts there had been when the answers were given. */
let actsUnanswered = 0;
/** What the one who answered second was told, and what somebody who answered another proposal. */
let second: Ran;
let stale: Ran;

beforeAll(async () => {
  stage = await Stage.open('500000000031', specs);
  const { account, clock, installation } = stage;
  api = await openPeopleApi(account, installation, clock);
  commands = new CommandLine(account, stage.recoveryFile, clock);
  ann = await userOf(account, 'ann', api.gateway, ['approve']);
  bob = await userOf(account, 'bob', api.gateway, ['approve', 'undo']);
  await fallIll();
  await stage.until(() => all(async ({ id }) => has(await stage.entries(id), 'ApprovalRequested')));
  actsUnanswered = stage.acts.length;
  stale = await commands.run(ann, 'approve', await incidentOf(approvedTask.id), '999', '--why', 'go on');
  await paramedic(ann, 'approve', ...(await proposalOf(approvedTask.id)), '--why', 'go on');
  second = await commands.run(bob, 'approve', ...(await proposalOf(approvedTask.id)), '--why', 'me too');
  await paramedic(ann, 'reject', ...(await proposalOf(rejectedTask.id)), '--why', 'load test');
  await paramedic(ann, 'approve', ...(await proposalOf(undoneRelease.id)), '--why', 'yes');
  // Of what is rejected, the team takes care.
  stage.patient(rejectedTask.id).fallIll({});
  await stage.until(() => all(async ({ id }) => (await isOver(id)) && stage.patient(id).alarm.state === 'OK'));
  // The team has found that the release was not to blame.
  stage.patient(undoneRelease.id).fallIll({});
  await paramedic(bob, 'undo', await incidentOf(undoneRelease.id), '--why', 'not the release');
  await stage.until(async () => has(await entriesOfUndo(), 'HandedOver'));
}, patience);

afterAll(async () => {
  console.log(tableOf(stage?.acts ?? []));
  commands?.remove();
  await api?.gateway.close();
  await stage?.close('answers');
});

async function fallIll(): Promise<void> {
  await oneTaskFails(stage.patient(approvedTask.id));
  await oneTaskFails(stage.patient(rejectedTask.id));
  const patient = stage.patient(undoneRelease.id);
  const bad = await patient.fleet.taskDefinition();
  await patient.live({ failing: ({ taskDefinitionArn }) => (taskDefinitionArn === bad ? 0.35 : 0) }, 6);
}

async function paramedic(person: Person, name: string, ...args: readonly string[]): Promise<void> {
  const { code, out, err } = await commands.run(person, name, ...args);
  if (code !== 0) throw new Error(`paramedic ${name} ended with ${code}: ${err}`);
  ran.set(`${name} ${args[0]}`, { code, out, err });
}

const all = async (isSo: (spec: (typeof specs)[number]) => Promise<boolean>): Promise<boolean> =>
  (await Promise.all(specs.map(isSo))).every((so) => so);
const has = (entries: readonly LedgerEntry[], kind: LedgerEntry['kind']): boolean =>
  entries.some((entry) => entry.kind === kind);
const incidentOf = async (service: string): Promise<string> => (await stage.incident(service)) ?? '';
/** As a message names it: the incident, and its newest proposal. */
const proposalOf = async (service: string): Promise<readonly [string, string]> => {
  const asked = (await stage.entries(service)).findLast((entry) => entry.kind === 'ApprovalRequested');
  return [await incidentOf(service), asked?.request.id ?? ''];
};
const isOver = async (service: string): Promise<boolean> => (await stage.end(service)) !== undefined;
const entriesOfUndo = async (): Promise<readonly LedgerEntry[]> => {
  const incidents = await stage.ledger.incidents(undoneRelease.id, 0);
  const first = await incidentOf(undoneRelease.id);
  const undo = incidents.find(({ id }) => id !== first);
  return undo === undefined ? [] : stage.ledger.entries(undo.id);
};
const actsOn = (service: string) => stage.acts.filter((act) => act.service === service);
const only = <K extends LedgerEntry['kind']>(entries: readonly LedgerEntry[], kind: K): EntryOf<K> => {
  const [found, ...more] = entries.filter((entry): entry is EntryOf<K> => entry.kind === kind);
  if (found === undefined || more.length > 0) throw new Error(`${more.length} entries more than one are ${kind}.`);
  return found;
};

describe('a service in approve mode', () => {
  it('has nothing done to it before a person has answered', () => {
    expect(actsUnanswered).toBe(0);
  });

  it('asks its owner, with the commands that answer', async () => {
    const [, asking] = await stage.mail(approvedTask.id);
    const [incident, request] = await proposalOf(approvedTask.id);
    expect(asking?.body).toContain(`\nparamedic approve ${incident} ${request} --why "TEXT"\n`);
    expect(asking?.body).toContain(`\nparamedic reject ${incident} ${request} --why "TEXT"\n`);
    expect(asking?.body).toContain(`\ncurl -sSm 20 -K - ${api.published}/approve \\\n`);
    expect(asking?.body).toContain(`"incident":"${incident}","request":"${request}","why":"TEXT"}`);
  });
});

describe('paramedic approve, as ann runs it', () => {
  it('wakes the workflow, which takes the task out and replaces it', async () => {
    const { code, out, err } = ran.get(`approve ${await incidentOf(approvedTask.id)}`) ?? {};
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`Recorded as asked for by ${ann.arn}.`);
    expect([...stage.executions.called.values()]).toContainEqual(
      expect.stringContaining(await incidentOf(approvedTask.id)),
    );
    expect(actsOn(approvedTask.id)).toMatchObject([
      { kind: 'deregister-target', before: 'registered (3 registered)', after: 'not registered (2 registered)' },
      { kind: 'replace-task', before: 'RUNNING', after: expect.stringContaining('STOPPED ("Replaced by Paramedic') },
    ]);
    expect(await stage.end(approvedTask.id)).toEqual({ result: 'recovered' });
  });

  it('is in the ledger with who, when and why, and the orders name it', async () => {
    const entries = await stage.entries(approvedTask.id);
    const given = only(entries, 'ApprovalGiven');
    expect(given).toMatchObject({ by: ann.arn, why: 'go on' });
    const { requestId, by, at } = given;
    const orders = entries.filter((entry) => entry.kind === 'ActionStarted').map(({ order }) => order.approval);
    expect(orders).toEqual([
      { requestId, by, at },
      { requestId, by, at },
    ]);
  });

  it('of another proposal than the one that stands is refused, and names that one', async () => {
    const [incident, request] = await proposalOf(approvedTask.id);
    expect(stale.code).toBe(1);
    expect(stale.err).toContain(`The incident ${incident} has made no proposal 999. What waits for an answer now is `);
    expect(stale.err).toContain(`proposal ${request}: Take 1 target of task `);
  });

  it('counts once: whoever answers after her is told that she has', async () => {
    expect(second.code).toBe(1);
    expect(second.err).toContain(
      `paramedic: refused: ${ann.arn} has approved proposal ${(await proposalOf(approvedTask.id))[1]} at `,
    );
  });
});

describe('paramedic reject, as ann runs it', () => {
  it('hands over, and nothing was changed', async () => {
    expect(ran.get(`reject ${await incidentOf(rejectedTask.id)}`)).toMatchObject({ code: 0, err: '' });
    expect(await stage.end(rejectedTask.id)).toEqual({ result: 'handed-over' });
    expect(actsOn(rejectedTask.id)).toEqual([]);
    const { reason, says } = only(await stage.entries(rejectedTask.id), 'HandedOver');
    expect({ reason, says }).toEqual({ reason: 'approval.rejected', says: expect.stringContaining('load test') });
    expect(await stage.patient(rejectedTask.id).fleet.targets()).toHaveLength(3);
  });
});

describe('paramedic undo, as bob runs it after the incident', () => {
  it('brings the release forward again that was rolled back', async () => {
    const { fleet } = stage.patient(undoneRelease.id);
    expect(ran.get(`undo ${await incidentOf(undoneRelease.id)}`)).toMatchObject({ code: 0, err: '' });
    expect(actsOn(undoneRelease.id)).toMatchObject([
      {
        kind: 'roll-back-deployment',
        before: expect.stringMatching(/^undone-release:3,/),
        after: expect.stringMatching(/^undone-release:2,/),
      },
      {
        kind: 'roll-forward-deployment',
        before: expect.stringMatching(/^undone-release:2,/),
        after: expect.stringMatching(/^undone-release:3,/),
      },
    ]);
    expect(await fleet.taskDefinition()).toBe(fleet.releases[2]?.taskDefinition);
  });

  it('is an incident of its own that says who asked for what, and hands over', async () => {
    const entries = await entriesOfUndo();
    const request = only(entries, 'UndoRequested');
    expect(request).toMatchObject({ by: bob.arn, why: 'not the release', of: await incidentOf(undoneRelease.id) });
    expect(only(entries, 'HandedOver').says).toContain(bob.arn);
  });
});

it('asks for nothing that the policies of the template deny', () => {
  const callers = new Set(stage.account.requests.map(({ caller }) => caller));
  for (const name of ['operate', 'recover', 'roll-forward-deployment']) expect(callers).toContain(name);
  expect(denied(stage)).toEqual([]);
});
