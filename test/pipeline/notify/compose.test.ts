import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '../../../lambdas/model/ledger-entry.ts';
import type { Message } from '../../../lambdas/model/message.ts';
import type { Order } from '../../../lambdas/model/order.ts';
import { compose } from '../../../lambdas/pipeline/notify/compose.ts';
import { oddText } from '../../contract/odd-text.ts';
import * as given from './build.ts';

const context = {
  incident: given.incident,
  settings: given.settings(),
  state: given.state(),
  undoable: [],
  operatorApi: given.operatorApi,
};
const first = given.order('2', given.deregister);
const second = given.order('5', given.replace);

/** The only message of these entries. */
function only(entries: readonly LedgerEntry[], change: Partial<Parameters<typeof compose>[1]> = {}): Message {
  const messages = compose(entries, { ...context, ...change });
  expect(messages).toHaveLength(1);
  return messages[0] as Message;
}
/** Line breaks are for the eye. */
const flat = ({ body }: Message): string => body.replace(/\s+/g, ' ');
const kinds = (entries: readonly LedgerEntry[], story: readonly LedgerEntry[] = []) =>
  compose(entries, { ...context, story }).map((message) => message.kind);

describe('when an incident opens', () => {
  it('one message triggers, and says what is wrong and because of what', () => {
    const message = only([given.diagnosed()]);
    expect(message).toMatchObject({
      id: '20260105-100420-k3f9x2ab/1.diagnosis',
      topic: context.settings.topic,
      service: 'checkout',
      subject: 'checkout: 1 of 6 tasks slow - incident opened',
      kind: 'opened',
      severity: 'warning',
      dedupKey: '20260105-100420-k3f9x2ab',
      status: 'trigger',
    });
    expect(message.body).toContain(
      '- for: task 3f2a9c answered 96 % of 1,204 requests slower than 400 ms;\n  its 5 peers',
    );
    expect(message.body).toContain('- against: All 6 targets pass their health checks.');
  });

  it('only its first diagnosis is told', () => {
    const later = given.diagnosed(given.diagnosis('shared-cause'), '3.diagnosis');
    expect(kinds([later], [given.diagnosed()])).toEqual([]);
    expect(kinds([given.diagnosed()], [given.diagnosed()])).toEqual(['opened']);
  });

  it('it is critical when there is no capacity left', () => {
    const [signal] = given.state().signals;
    const state = given.state({ signals: signal === undefined ? [] : [{ ...signal, kind: 'no-capacity' }] });
    expect(only([given.diagnosed()], { state }).severity).toBe('critical');
  });

  it('a service in observe mode is told that nothing will be changed', () => {
    const { body } = only([given.diagnosed()], { settings: given.settings({ mode: 'observe' }) });
    expect(body).toContain('observe mode: Paramedic changes nothing');
  });
});

describe('when Paramedic acts', () => {
  it('says what it is doing before the answer is there, and what it did after', () => {
    expect(only([given.started(first)]).subject).toBe('checkout: 1 of 6 tasks slow - taking it out');
    const done = only([given.started(first), given.completed('2', given.done('draining in its one target group'))]);
    expect(done).toMatchObject({ subject: 'checkout: 1 of 6 tasks slow - taken out', kind: 'acted', status: 'update' });
    expect(flat(done)).toContain('Take task 3f2a9c (10.0.3.17:8080) out of the load balancer. Done: draining');
    expect(done.body).toContain('- The way back: It is registered again.');
  });

  it('tells once for a rung, not for every act of it', () => {
    const story = [given.started(first), given.completed('2', given.done('draining'))];
    expect(kinds([given.started(second, 4)], story)).toEqual([]);
    expect(kinds([given.started(given.order('6', given.replace, { rung: 'another' }), 4)], story)).toEqual(['acted']);
  });

  it('tells nothing of an act that was refused, and of the next one as the first', () => {
    const refused = given.completed('2', { kind: 'refused', reason: 'world.changed', says: 'The task is gone.' });
    expect(kinds([given.started(first), refused])).toEqual([]);
    expect(kinds([given.started(second)], [given.started(first), refused])).toEqual(['acted']);
  });

  it('tells nothing of a way back', () => {
    expect(kinds([given.started(given.order('6', given.deregister, { undoes: '2' }))])).toEqual([]);
  });

  it('tells nothing of what only belongs into the ledger', () => {
    expect(
      kinds([
        given.withheld(given.deregister),
        given.denied(given.deregister, 'no'),
        given.checked('2', 'helped', 'ok'),
      ]),
    ).toEqual([]);
  });
});

describe('when an incident has recovered', () => {
  const story = [
    given.diagnosed(),
    given.checked('2', 'helped', 'p95 fell from 1.9 s to 0.2 s'),
    given.checked('5', 'helped', '6 of 6 healthy', 6),
  ];
  const state = given.state({ attempts: [given.attempt(first), given.attempt(second, 'helped', 4)] });

  it('the subject says what it was, what was done and how long it took', () => {
    expect(only([given.recovered()], { story, state })).toMatchObject({
      subject: 'checkout: 1 of 6 tasks slow, taken out and replaced - recovered in 7 min',
      kind: 'recovered',
      severity: 'info',
      status: 'resolve',
    });
  });

  it('the body tells each act with its answer and its check', () => {
    expect(flat(only([given.recovered()], { story, state }))).toContain(
      '- 10:04:20 Take task 3f2a9c (10.0.3.17:8080) out of the load balancer. Done: draining in its one target group. It helped: p95 fell from 1.9 s to 0.2 s.',
    );
  });

  it('says how what was done is taken back, while there is a way back', () => {
    expect(only([given.recovered()], { story, state, undoable: [first] }).body).toContain(
      'TO TAKE IT BACK\n- Take task 3f2a9c (10.0.3.17:8080) out of the load balancer\nparamedic undo 20260105-100420-k3f9x2ab --why "TEXT"\n',
    );
    expect(only([given.recovered()], { story, state }).body).not.toContain('TO TAKE IT BACK');
  });

  it('says so when nothing was done', () => {
    const nothing = given.state({ diagnosis: given.diagnosis('undetermined') });
    const message = only([given.recovered(3)], { state: nothing });
    expect(message.subject).toBe('checkout: cause unknown, nothing done - recovered in 3 min');
    expect(message.body).toContain('WHAT WAS DONE\nNothing was changed.');
  });
});

describe('when an incident is handed over', () => {
  it('it pages: a person, why, and what is left undone', () => {
    const entry = given.handedOver({ leftUndone: ['task 3f2a9c is still out of the load balancer.'] });
    const message = only([entry], { state: given.state({ diagnosis: given.diagnosis('shared-cause') }) });
    expect(message).toMatchObject({
      subject: 'checkout: NEEDS YOU - all tasks suffer alike, nothing done',
      kind: 'handed-over',
      severity: 'critical',
      status: 'update',
    });
    expect(flat(message)).toContain('nothing that can be restarted would help. (diagnosis.shared-cause)');
    expect(message.body).toContain('LEFT UNDONE\n- task 3f2a9c is still out of the load balancer.');
  });

  it('in observe mode it says what would have been done, with the verdict on each act', () => {
    const story = [given.diagnosed(), given.withheld(given.deregister), given.withheld(given.replace)];
    const message = only([given.handedOver({ reason: 'mode.observe' })], { story });
    expect(message.subject).toBe(
      'checkout: NEEDS YOU - 1 of 6 tasks slow, would take it out and replace it, but only observes',
    );
    expect(flat(message)).toContain(
      'out of the load balancer. It is the one task that is slow; the others can carry its share. All 2 guardrails would have allowed it.',
    );
  });

  it('it tells what was denied once, with its figures', () => {
    const says = '2 healthy targets would remain, 3 are needed.';
    const story = [given.diagnosed(), given.denied(given.deregister, says)];
    const notDone = [`deregister-target task 3f2a9c (10.0.3.17:8080): ${says} (targets.too-few-healthy)`];
    expect(
      flat(only([given.handedOver({ notDone })], { story })).match(/2 healthy targets would remain/g),
    ).toHaveLength(1);
  });

  it('triggers when nobody had heard of the incident before', () => {
    const state = given.state({ diagnosis: null });
    expect(only([given.handedOver({ reason: 'workflow.died', says: 'It timed out.' })], { state })).toMatchObject({
      status: 'trigger',
      subject: 'checkout: NEEDS YOU - not diagnosed, nothing done',
    });
  });
});

describe('every message', () => {
  const all = (change: Partial<Parameters<typeof compose>[1]> = {}) =>
    compose([given.diagnosed(), given.started(first), given.recovered(), given.handedOver()], {
      ...context,
      ...change,
    });

  it('names the runbook, the alarms and the page of the service', () => {
    for (const { body } of all()) {
      expect(body).toContain('\nhttps://runbooks.example.com/checkout\n');
      expect(body).toContain('\nAlarm paramedic/simulated/checkout/latency');
      expect(body).toContain(
        'https://eu-central-1.console.aws.amazon.com/ecs/v2/clusters/simulated/services/checkout/health',
      );
    }
  });

  it('links no console page where the address of the console is another', () => {
    const { resources } = context.settings;
    const settings = given.settings({
      resources: { ...resources, cluster: 'arn:aws-cn:ecs:cn-north-1:1:cluster/shop' },
    });
    for (const { body } of all({ settings })) expect(body).not.toContain('console');
  });

  it('that something may still follow holds the lines that stop Paramedic, and the other message does not', () => {
    const line = `aws dynamodb put-item --region eu-central-1 --table-name ${context.settings.ledgerTable} --item '{"pk":{"S":"CONTROLS"},"sk":{"S":"SERVICE#checkout"},"paused":{"BOOL":true},`;
    for (const { body, kind } of all()) {
      expect(body.includes(`\n${line}`)).toBe(kind !== 'recovered');
      const commands = '\nparamedic pause checkout --why "TEXT"\nparamedic resume checkout --why "TEXT"\n';
      expect(body.includes(commands)).toBe(kind !== 'recovered');
    }
  });

  it('ends with one form of curl for what it is most about, and no other', () => {
    const routes = (undoable: readonly Order[]) =>
      all({ undoable }).map(({ kind, body }) => [
        kind,
        [...body.matchAll(/^curl .*\/(\w+) \\$/gm)].map(([, route]) => route),
      ]);
    expect(routes([])).toEqual([
      ['opened', ['pause']],
      ['acted', ['pause']],
      ['recovered', []],
      ['handed-over', ['pause']],
    ]);
    expect(routes([first])).toEqual([
      ['opened', ['pause']],
      ['acted', ['pause']],
      ['recovered', ['undo']],
      ['handed-over', ['undo']],
    ]);
    for (const { body } of all({ undoable: [first] })) expect(body).toMatch(/<<END\n.+\n.+\nEND$/);
  });

  it('stays far below what SNS takes', () => {
    for (const { body } of all({ undoable: [first] })) expect(body.length).toBeLessThan(20_000);
  });

  it('is as wide as a phone, but for what is to be copied', () => {
    for (const { body } of all()) {
      const wide = body.split('\n').filter((line) => line.length > 72);
      expect(wide.filter((line) => !/^(aws |https:|Alarm |curl | {2}-(d|-aws)|\$\{AWS_)/.test(line))).toEqual([]);
    }
  });

  it('has a subject of at most 99 printable characters and a printable body, whatever the facts say', () => {
    const words = oddText(150);
    fc.assert(
      fc.property(words, words, (says, name) => {
        const state = given.state({
          signals: given.state().signals.map((signal) => ({ ...signal, says, alarm: name })),
        });
        const odd = given.order('2', { ...given.deregister, subjectName: name, rationale: says });
        const told = { ...context, state: { ...state, attempts: [given.attempt(odd)] } };
        const entries = [
          given.diagnosed(),
          given.started(odd),
          given.handedOver({ says, leftUndone: [name], notDone: [says] }),
        ];
        for (const { subject, body } of compose(entries, told)) {
          expect(subject).toMatch(/^[ -~]{1,99}$/);
          expect(body).toMatch(/^[ -~\n]+$/);
        }
      }),
      { numRuns: 60 },
    );
  });
});
