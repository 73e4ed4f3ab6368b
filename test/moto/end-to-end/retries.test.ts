import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { incidentIdPattern } from '../../../lambdas/contract/names.ts';
import { policyOf } from './courses/course.ts';
import { lostAnswers } from './courses/lost-answers.ts';
import { decisionsIn } from './decisions.ts';
import { denied } from './denied.ts';
import type { BusEvent, Delivery } from './event-bus.ts';
import { play } from './play.ts';
import { Stage } from './stage.ts';

/** A busy machine gets more than they take. */
const patience = 600_000;
const signals = [
  { alarm: 'shop-burn-rate', kind: 'latency' },
  { alarm: 'shop-canary-', match: 'prefix', kind: 'errors' },
];
const well = (id: string) => ({ id, tasks: 1, policy: policyOf('automatic') });
let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open('500000000002', [
    lostAnswers.patient,
    { ...well('heard'), policy: { ...policyOf('automatic'), signals } },
    well('told-twice'),
    well('killed'),
    well('died'),
  ]);
  await play(stage, [lostAnswers]);
  stage.runsWorkflows = false;
}, patience);
afterAll(() => stage?.close('retries'));
beforeEach(() => stage.account.calm());

/** The change of a service's alarm on errors as CloudWatch sends it, of any alarm when one is named. */
function change(service: string, value: 'ALARM' | 'OK' = 'ALARM', named?: string): BusEvent {
  const { alarm } = stage.patient(service);
  const event = alarm.event(value, 'Threshold Crossed', stage.clock.now());
  const alarmName = named ?? alarm.name;
  const resources = [stage.account.arn('cloudwatch', `alarm:${alarmName}`)];
  return { ...event, resources, detail: { ...event.detail, alarmName } };
}

const sample = (file: string): BusEvent =>
  JSON.parse(readFileSync(new URL(`../../fixtures/events/${file}.json`, import.meta.url), 'utf8')) as BusEvent;

/** What a rule makes of an event before a function gets it. */
async function letThrough(event: BusEvent): Promise<Delivery> {
  const [delivery, ...more] = await stage.bus.put(event);
  if (delivery === undefined || more.length > 0) throw new Error('One rule lets it through.');
  return delivery;
}

describe('the deployed rules', () => {
  it.each(['ALARM', 'OK'] as const)('bring %s of an alarm of ours to on-signal', async (value) => {
    const event = change('heard', value);
    const deliveries = await stage.bus.put(event);
    expect(deliveries).toHaveLength(1);
    expect(deliveries[0]).toMatchObject({
      rule: 'paramedic-prod.pipeline.alarms',
      target: stage.installation.function('on-signal').arn,
      event: { ...event, version: '0', region: stage.account.region },
    });
  });

  it.each([
    ['shop-burn-rate', 'latency'],
    ['shop-canary-eu', 'errors'],
  ])('bring the team’s own alarm %s, with what it stands for', async (name, kind) => {
    const event = change('heard', 'ALARM', name);
    expect(await stage.bus.put(event)).toMatchObject([
      { rule: `paramedic-prod.heard.${kind}`, event: { paramedic: { service: 'heard', kind }, event } },
    ]);
  });

  it.each([
    ['of another pipeline', () => change('heard', 'ALARM', 'paramedic/prod-2/heard/errors')],
    ['of Paramedic itself', () => change('heard', 'ALARM', 'paramedic-self/prod/ledger')],
    ['of somebody else', () => change('heard', 'ALARM', 'shop-burn-rate-2')],
    ['that was configured', () => ({ ...change('heard'), 'detail-type': 'CloudWatch Alarm Configuration Change' })],
    ['that somebody made up', () => ({ ...change('heard'), source: 'shop.alarms' })],
  ])('let no event pass about an alarm %s', async (_, event) => {
    expect(await stage.bus.put(event())).toEqual([]);
  });

  it('let no event of ECS pass', async () => {
    expect(await stage.bus.put(sample('doc_02_ecs_task_state_change'))).toEqual([]);
  });
});

describe('on-signal, as it is deployed', () => {
  it('opens one incident and starts one workflow for an event that comes twice', async () => {
    const delivery = await letThrough(change('told-twice'));
    expect((await stage.deliver(delivery)).result).toMatchObject({ opened: true });
    expect((await stage.deliver(delivery)).result).toMatchObject({ ignored: 'duplicate' });
    const ids = await incidents('told-twice');
    expect(ids).toHaveLength(1);
    expect(startsOf(ids[0])).toHaveLength(1);
    expect((await stage.entries('told-twice')).map(({ kind }) => kind)).toEqual(['SignalReceived']);
  });

  it('starts the workflow when it was killed between writing the incident and starting it', async () => {
    const delivery = await letThrough(change('killed'));
    stage.account.strike('lambda.Invoke', 'hang');
    const before = stage.account.asked('lambda.Invoke').length;
    const process = stage.functions.start('on-signal', delivery.event);
    await expect.poll(() => stage.account.asked('lambda.Invoke').length, { timeout: 60_000 }).toBeGreaterThan(before);
    process.kill();
    expect((await process.answer).error).toBe('The process ended (SIGKILL) without an answer.');
    const [id = ''] = await incidents('killed');
    expect(await stage.ledger.incident(id)).toMatchObject({ status: 'starting' });
    expect(startsOf(id)).toEqual([]);

    stage.account.calm();
    expect((await stage.deliver(delivery)).result).toMatchObject({ ignored: 'duplicate' });
    expect(await incidents('killed')).toEqual([id]);
    expect(await stage.ledger.incident(id)).toMatchObject({ status: 'started' });
    expect(startsOf(id)).toMatchObject([{ payload: { incidentId: id } }]);
  });

  it('starts recover by its alias, under a name that AWS takes', async () => {
    const [id = ''] = await incidents('told-twice');
    expect(id).toMatch(incidentIdPattern);
    expect(startsOf(id)).toEqual([
      {
        name: `prod-${id}`,
        function: `${stage.installation.function('recover').arn}:live`,
        payload: { incidentId: id },
      },
    ]);
  });

  it('fails when the ledger refuses it, so that Lambda brings the event again', async () => {
    const delivery = await letThrough(change('died'));
    stage.account.strike('dynamodb.TransactWriteItems', 'denied');
    expect(await stage.deliver(delivery)).toMatchObject({ error: expect.stringContaining('met a fault: denied') });
    expect(await incidents('died')).toEqual([]);
  });
});

describe('workflow-ended, as it is deployed', () => {
  it('hands the incident of a workflow that failed over, by the rule for it', async () => {
    stage.runsWorkflows = true;
    await stage.tell(change('died'));
    await expect.poll(() => kinds('died'), { timeout: patience }).toContain('IncidentOpened');
    await stage.killWorkflow('died');
    const [id = ''] = await incidents('died');
    const functionArn = `${stage.installation.function('recover').arn}:7`;
    const ended = (status: string): BusEvent => ({
      source: 'aws.lambda',
      'detail-type': 'Durable Execution Status Change',
      resources: [functionArn],
      detail: { durableExecutionName: `prod-${id}`, status, functionArn },
    });
    expect(await stage.bus.put(ended('SUCCEEDED'))).toEqual([]);
    expect(await stage.tell(ended('FAILED'))).toEqual([{ result: { abandoned: id } }]);
    expect((await kinds('died')).slice(-2)).toEqual(['HandedOver', 'ServiceReleased']);
    expect(await stage.ledger.incident(id)).toMatchObject({ status: 'closed' });
    expect((await stage.mail('died')).at(-1)?.attributes).toMatchObject({ kind: 'handed-over', dedupKey: id });
  });
});

describe('an action whose answer was lost', () => {
  it('is found to be done by looking, and the incident recovers', async () => {
    expect(await stage.end('lost-answers')).toEqual({ result: 'recovered' });
    expect(decisionsIn(await stage.entries('lost-answers'))).toEqual([
      'IncidentOpened',
      'diagnosed sick-target: 1 by errors',
      'ordered deregister-target, expecting trouble-falls: allowed, enforce',
      'completed: unknown',
      'completed: changed',
      'checked: helped',
      'ordered replace-task, expecting all-tasks-healthy: allowed, enforce',
      'completed: unknown',
      'completed: changed',
      'checked: helped',
      'RungTried',
      'RecoveryConfirmed',
    ]);
  });

  it.each([
    ['deregister-target', 'elasticloadbalancing.DeregisterTargets'],
    ['replace-task', 'ecs.StopTask'],
  ])('%s asked for its change once', (caller, operation) => {
    expect(stage.account.asked(operation).filter((request) => request.caller === caller)).toMatchObject([
      { answeredBy: 'fault', status: 200 },
    ]);
  });
});

const incidents = async (service: string): Promise<readonly string[]> =>
  (await stage.ledger.incidents(service, 0)).map(({ id }) => id);

const kinds = async (service: string): Promise<readonly string[]> =>
  (await stage.entries(service)).map(({ kind }) => kind);

const startsOf = (incident: string | undefined) =>
  [...stage.executions.started.values()].filter(({ name }) => name === `prod-${incident}`);

describe('what all of them asked for', () => {
  it('is denied by none of the policies of the template', () => {
    expect(new Set(stage.account.requests.map(({ caller }) => caller))).toContain('workflow-ended');
    expect(denied(stage)).toEqual([]);
  });
});
