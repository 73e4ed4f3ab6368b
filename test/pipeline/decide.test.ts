import { describe, expect, it } from 'vitest';
import type { ServiceSettings } from '../../lambdas/contract/settings.ts';
import { shortName } from '../../lambdas/contract/short-name.ts';
import type { Standing, Symptoms } from '../../lambdas/model/facts.ts';
import type { Incident } from '../../lambdas/model/incident.ts';
import type { LedgerEntry } from '../../lambdas/model/ledger-entry.ts';
import type { ActResult, Order } from '../../lambdas/model/order.ts';
import type { Proposal } from '../../lambdas/model/proposal.ts';
import { rollBackDeployment } from '../../lambdas/pipeline/act/roll-back-deployment.ts';
import { decide } from '../../lambdas/pipeline/decide.ts';
import type { Observation } from '../../lambdas/pipeline/observe.ts';
import { fold } from '../../lambdas/pipeline/record/evolve.ts';
import { history as remembered } from '../../lambdas/pipeline/record/history.ts';
import { type Toolkit, toolkit } from '../../lambdas/pipeline/toolkit.ts';
import {
  deployment,
  done,
  fleet,
  groupA,
  groupB,
  hours,
  minutes,
  now,
  onTask,
  order,
  refused,
  rollBack,
  settings,
  sharedCause,
  sickTarget,
  sickTask,
  standing,
  target,
  targetRef,
  taskArn,
  thisIncident,
  unknown,
} from './build.ts';
import { signal, withState } from './desk.ts';

const incident: Incident = {
  id: thisIncident,
  service: 'checkout',
  openedAt: now - minutes(5),
  fence: 1,
  status: 'started',
};
const sick = targetRef(1).id;
const diagnosis = { ...sickTarget(sickTask(1)), confidence: 0.9 };

/** Everything of the toolkit, but told what is wrong. */
const knowing = (known: typeof diagnosis | typeof sharedCause): Toolkit => ({
  ...toolkit,
  hypotheses: [{ kind: known.kind, weigh: () => ({ ...known, confidence: 0.9 }) }],
});

type Told = { readonly kind: LedgerEntry['kind']; readonly id: string } & Readonly<Record<string, unknown>>;
const entry = (told: Told, at = now): LedgerEntry =>
  ({ incident: thisIncident, service: 'checkout', at, ...told }) as LedgerEntry;

const alarm = entry({ kind: 'SignalReceived', id: 's1', signal: signal() }, now - minutes(5));
const diagnosed = entry({ kind: 'DiagnosisMade', id: '1.diagnosis', diagnosis }, now - minutes(5));
const allowed = { verdict: { kind: 'allow' }, findings: [], bite: 'enforce' };
const takingOut = { ...order(onTask('deregister-target', 1)), rung: `sick-target|${shortName(taskArn(1))}|0` };
const begun = (at: number) =>
  entry(
    { kind: 'ActionStarted', id: '1.started', order: { ...takingOut, expiresAt: at + minutes(2) }, ruling: allowed },
    at,
  );
const ended = (result: ActResult, at = now - minutes(4)) =>
  entry({ kind: 'ActionCompleted', id: '1.result', orderId: '1', result }, at);
const helped = entry({ kind: 'CheckMade', id: '2.check', orderId: '1', check: 'helped', says: 'It helped.' });

const wanted = (orders: readonly Order[], of = thisIncident) =>
  entry({ kind: 'UndoRequested', id: `undo ${of}`, by: 'alex', why: 'it was not that', of, orders });
/** One minute in which a third of the requests failed, while the tasks had little to do. */
const symptoms: Symptoms = {
  until: now,
  minutes: 1,
  groups: [
    { targetGroup: groupA, series: { requests: [1200], target2xx: [800], target5xx: [400], healthyHosts: [6] } },
  ],
  service: { cpu: [10] },
};

function seen(
  entries: readonly LedgerEntry[],
  world: Standing = standing(),
  change: Partial<Observation> = {},
): Observation {
  return {
    standing: world,
    controls: { kind: 'running' },
    symptoms,
    evidence: { taskLogs: null, failed: [] },
    entries,
    state: fold(entries),
    history: remembered(entries, [], [{ id: thisIncident, openedAt: incident.openedAt, closedAt: null }]),
    fleet: fleet(),
    configured: true,
    ...change,
  };
}

const choose = (observation: Observation, how: ServiceSettings = settings(), tools = knowing(diagnosis)) =>
  decide(3, incident, how, observation, tools);
const kinds = (entries: readonly LedgerEntry[]) => entries.map(({ kind }) => kind);

describe('decide', () => {
  it('orders the first act of the first rung, and writes the intent before it is done', () => {
    const move = choose(seen([alarm]));
    expect(move).toMatchObject({ kind: 'act', order: { proposal: { kind: 'deregister-target' }, undoes: null } });
    expect(kinds(move.entries)).toEqual(['DiagnosisMade', 'ActionStarted']);
  });

  it('goes on with the rung while it helps, though the target can no longer be found sick', () => {
    const world = withState(standing(), sick, 'draining');
    const move = choose(
      seen([alarm, diagnosed, begun(now - minutes(4)), ended(done(now - minutes(4))), helped], world),
    );
    expect(move).toMatchObject({ kind: 'act', order: { proposal: { kind: 'replace-task' } } });
  });

  it('withholds a whole rung of which one act is only to be observed: half a rung would be worse than none', () => {
    const move = choose(seen([alarm]), settings({ actionModes: { 'replace-task': 'observe' } }));
    expect(kinds(move.entries)).toEqual(['DiagnosisMade', 'ActionWithheld', 'ActionWithheld']);
    expect(move).toMatchObject({ kind: 'end', ending: { kind: 'HandedOver', reason: 'mode.observe' } });
  });

  it('puts a target back before it hands over in the middle of a rung', () => {
    const world = { ...withState(standing(), sick, 'draining'), listeners: 0 };
    const story = [alarm, diagnosed, begun(now - minutes(4)), ended(done(now - minutes(4))), helped];
    const move = choose(seen(story, world));
    expect(move).toMatchObject({ kind: 'act', order: { proposal: { kind: 'register-target' }, undoes: '1' } });
    expect(kinds(move.entries)).toContain('ActionDenied');
  });

  it('says what is left undone when not even the way back is allowed', () => {
    const world = withState(standing(), sick, 'draining');
    const story = [alarm, diagnosed, begun(now - minutes(4)), ended(done(now - minutes(4))), helped];
    const paused = { kind: 'paused', scope: 'service', by: 'on-call', why: 'x', until: null } as const;
    const move = choose(seen(story, world, { controls: paused }));
    expect(move).toMatchObject({ kind: 'end', ending: { kind: 'HandedOver', reason: 'controls.paused' } });
    expect(move.kind === 'end' && move.ending.kind === 'HandedOver' && move.ending.leftUndone).toHaveLength(1);
  });

  it('takes back what a person wants back, before its check is over, and hands the incident over to them', () => {
    const world = withState(standing(), sick, 'draining');
    const story = [alarm, diagnosed, begun(now - minutes(1)), ended(done(now - minutes(1))), wanted([])];
    const move = choose(seen(story, world));
    expect(move).toMatchObject({ kind: 'act', order: { proposal: { kind: 'register-target' }, undoes: '1' } });
    expect(move.kind === 'act' && 'undoesOf' in move.order).toBe(false);
    const back = { ...order(onTask('register-target', 1), { id: '2', undoes: '1' }), subjectName: 'x' };
    const backAgain = [
      ...story,
      entry({ kind: 'ActionStarted', id: '2.started', order: back, ruling: allowed }),
      entry({ kind: 'ActionCompleted', id: '2.result', orderId: '2', result: done(now) }),
      entry({ kind: 'CheckMade', id: '3.check', orderId: '2', check: 'helped', says: 'It is back.' }),
    ];
    expect(choose(seen(backAgain))).toMatchObject({
      kind: 'end',
      ending: {
        kind: 'HandedOver',
        reason: 'undo.requested',
        says: 'alex asked to take back what was done: done for something.',
      },
    });
  });

  it('takes back what was done in another incident, and says whose order that was', () => {
    const world = withState(standing(), sick, 'draining');
    const move = choose(seen([alarm, wanted([takingOut], 'another')], world));
    expect(move).toMatchObject({
      kind: 'act',
      order: { proposal: { kind: 'register-target' }, undoes: '1', undoesOf: 'another' },
    });
  });

  it('begins nothing new once a person wants it taken back, and says when nothing can be', () => {
    expect(choose(seen([alarm, wanted([])]))).toMatchObject({
      kind: 'end',
      ending: {
        reason: 'undo.requested',
        says: 'alex asked to take back what was done: nothing could be taken back.',
      },
    });
  });

  it('does not take back while a person has paused it', () => {
    const world = withState(standing(), sick, 'draining');
    const paused = { kind: 'paused', scope: 'service', by: 'on-call', why: 'x', until: null } as const;
    const story = [alarm, diagnosed, begun(now - minutes(1)), ended(done(now - minutes(1))), wanted([])];
    expect(choose(seen(story, world, { controls: paused }))).toMatchObject({ kind: 'end' });
  });

  it.each([
    ['no-change', 1],
    ['helped', 0],
  ] as const)('tells of %s of a way back that is left, and never orders it again', (check, left) => {
    const wayBack = { kind: 'none', says: '' };
    const back = { ...takingOut, id: '2', undoes: '1', proposal: { ...onTask('register-target', 1), wayBack } };
    const story = [
      alarm,
      diagnosed,
      begun(now - minutes(9)),
      ended(done(now - minutes(9)), now - minutes(9)),
      entry({ kind: 'CheckMade', id: '2.check', orderId: '1', check: 'worse', says: 'It got worse.' }),
      entry({ kind: 'ActionStarted', id: '2.started', order: back, ruling: allowed }),
      entry({ kind: 'ActionCompleted', id: '2.result', orderId: '2', result: done(now - minutes(8)) }),
      entry({ kind: 'CheckMade', id: '3.check', orderId: '2', check, says: '0 of 1 targets are back.' }),
    ];
    const move = choose(seen(story, withState(standing(), sick, 'draining')));
    expect(move).toMatchObject({ kind: 'end', ending: { kind: 'HandedOver', reason: 'action.made-worse' } });
    expect(move.kind === 'end' && move.ending.kind === 'HandedOver' && move.ending.leftUndone).toHaveLength(left);
  });

  it("does not say that an act helped while a team's own alarm fires, and hands over when it cannot tell", () => {
    const none = { latency: null, errors: null, 'unhealthy-targets': null, 'no-capacity': null, 'below-desired': null };
    const symptoms = { until: now, minutes: 60, groups: [], service: {} };
    const own = signal({ alarm: 'checkout-slo', id: `checkout-slo@${now}`, at: now - minutes(9) });
    const fired = entry({ kind: 'SignalReceived', id: 's1', signal: own }, now - minutes(9));
    const at = now - minutes(6);
    const story = [fired, diagnosed, begun(at), ended(done(at), at)];
    const move = choose(seen(story, withState(standing(), sick, 'draining'), { symptoms }), settings({ alarms: none }));
    expect(move.entries[0]).toMatchObject({ kind: 'CheckMade', check: 'cannot-tell' });
    const ok = { ...own, id: 'ok', state: 'resolved', at: now - minutes(3) } as const;
    const resolved = entry({ kind: 'SignalReceived', id: 's2', signal: ok });
    const calm = choose(
      seen([...story, resolved], withState(standing(), sick, 'draining'), { symptoms }),
      settings({ alarms: none }),
    );
    expect(calm.entries[0]).toMatchObject({ kind: 'CheckMade', check: 'helped' });
  });

  describe('a rollback in vain', () => {
    const at = now - minutes(6);
    const good = deployment(42, now - hours(72));
    const bad = deployment(43, now - minutes(40));
    const back = deployment(42, at, { status: 'in-progress', finishedAt: null });
    const ordered = {
      ...rollBack(bad, good),
      expects: { see: 'deployment-helps', by: { minutes: 20 } },
      wayBack: { kind: 'if-worse', says: '' },
    } as const;
    const story = [
      alarm,
      diagnosed,
      entry({ kind: 'ActionStarted', id: '1.started', order: order(ordered), ruling: allowed }, at),
      ended(done(at), at),
    ];
    const world = (change: Partial<Standing>) => standing({ deployments: [back, bad, good], tasks: [], ...change });
    const gone = 'CannotPullContainerError: failed to resolve ref: not found';
    const stopped = {
      task: { cluster: 'shop', task: taskArn(9) },
      taskDefinition: good.taskDefinition,
      createdAt: at + 1000,
      stoppedAt: at + minutes(1),
      code: 'TaskFailedToStart',
      reason: gone,
    };
    const says = `No task of checkout:42 can start: ${gone}.`;
    const inVain = entry({
      kind: 'CheckMade',
      id: '2.check',
      orderId: '1',
      check: 'no-change',
      inVain: 'tasks-do-not-start',
      says,
    });

    it('is taken back as soon as its tasks are seen not to start', () => {
      const move = choose(seen(story, world({ stopped: [stopped] })));
      expect(move.entries).toMatchObject([
        { kind: 'CheckMade', check: 'no-change', inVain: 'tasks-do-not-start', says },
        { kind: 'RungTried' },
        { kind: 'ActionStarted', order: { undoes: '1', proposal: { kind: 'roll-forward-deployment' } } },
      ]);
      expect(move).toMatchObject({ kind: 'act', order: { undoes: '1' } });
    });

    it('is waited for while its tasks may start', () => {
      expect(choose(seen(story, world({})))).toMatchObject({ kind: 'wait', entries: [] });
    });

    it('is handed over once it is taken back, and says why; no second one follows', () => {
      const forward = rollBackDeployment.undo(rollBack(bad, good), []);
      const taken = { ...order(forward as Proposal), id: '2', undoes: '1' };
      const after = [
        ...story,
        inVain,
        entry({ kind: 'ActionStarted', id: '2.started', order: taken, ruling: allowed }),
        entry({ kind: 'ActionCompleted', id: '2.result', orderId: '2', result: done(now) }),
        entry({ kind: 'CheckMade', id: '3.check', orderId: '2', check: 'helped', says: 'It is deployed again.' }),
      ];
      expect(choose(seen(after, world({})))).toMatchObject({
        kind: 'end',
        ending: { kind: 'HandedOver', reason: 'rollback.not-started', says },
      });
    });

    it('is handed over though it cannot be taken back', () => {
      const none = world({ minimumHealthyPercent: 0, stopped: [stopped] });
      expect(choose(seen(story, none))).toMatchObject({ kind: 'end', ending: { reason: 'rollback.not-started' } });
    });
  });

  it('settles a lost answer by looking: what is to be seen was done', () => {
    const world = withState(standing(), sick, 'draining');
    const move = choose(seen([alarm, diagnosed, begun(now - minutes(1)), ended(unknown)], world));
    expect(move.entries).toMatchObject([{ kind: 'ActionCompleted', result: { kind: 'done' } }]);
    expect(move.kind).toBe('wait');
  });

  it('waits with a lost answer while the order may still be carried out', () => {
    const move = choose(seen([alarm, diagnosed, begun(now - minutes(1)), ended(unknown)]));
    expect(move).toMatchObject({ kind: 'wait', entries: [] });
  });

  it('takes back what was done by half: one of two target groups', () => {
    const both = [targetRef(1), targetRef(1, groupB)];
    const world = standing();
    const half = { ...world, targets: [...withState(world, sick, 'draining').targets, target(1, 'healthy', groupB)] };
    const act = begun(now - minutes(4));
    const order =
      act.kind === 'ActionStarted' ? { ...act.order, proposal: onTask('deregister-target', 1, both) } : null;
    const move = choose(seen([alarm, diagnosed, entry({ ...act, order }, now - minutes(4)), ended(unknown)], half));
    expect(move.entries[0]).toMatchObject({ kind: 'ActionCompleted', result: { kind: 'done' } });
  });

  it('takes a lost order for never carried out once it has expired, and may order anew', () => {
    const move = choose(seen([alarm, diagnosed, begun(now - minutes(4)), ended(unknown)]));
    expect(move.entries[0]).toMatchObject({ kind: 'ActionCompleted', result: { reason: 'order.expired' } });
    expect(move).toMatchObject({ kind: 'act', order: { proposal: { kind: 'deregister-target' } } });
  });

  it('gives an order up that its own function has refused three times', () => {
    const tries = ['1', '2', '3'].flatMap((id) => [
      entry({ kind: 'ActionStarted', id: `${id}.started`, order: { ...takingOut, id }, ruling: allowed }),
      entry({ kind: 'ActionCompleted', id: `${id}.result`, orderId: id, result: refused }),
    ]);
    const real = choose(seen([alarm]));
    const key = real.kind === 'act' ? real.order.proposal.key : '';
    const same = tries.map((each) =>
      each.kind === 'ActionStarted'
        ? { ...each, order: { ...each.order, proposal: { ...each.order.proposal, key } } }
        : each,
    );
    expect(choose(seen([alarm, ...same]))).toMatchObject({ kind: 'wait' });
    const fenced = same.map((each) =>
      each.kind === 'ActionCompleted'
        ? { ...each, result: { kind: 'refused', reason: 'order.fenced', says: '' } as const }
        : each,
    );
    expect(choose(seen([alarm, ...fenced]))).toMatchObject({ kind: 'end', ending: { reason: 'order.fenced' } });
  });

  it('holds while the pause cannot be read, and hands over when patience ends', () => {
    const blind = { controls: { kind: 'unreadable', because: 'throttled' } as const };
    const first = choose(seen([alarm], standing(), blind));
    expect(first.kind).toBe('wait');
    const held = first.entries.map((each) => ({ ...each, at: now - minutes(6) }));
    expect(choose(seen([alarm, ...held], standing(), blind))).toMatchObject({
      kind: 'end',
      ending: { reason: 'controls.unreadable' },
    });
  });

  it('looks twice before it calls a person to what nothing can be done about', () => {
    const first = choose(seen([alarm]), settings(), knowing(sharedCause));
    expect(first.kind).toBe('wait');
    const second = choose(seen([alarm, ...first.entries]), settings(), knowing(sharedCause));
    expect(second).toMatchObject({ kind: 'end', ending: { reason: 'diagnosis.shared-cause' } });
  });

  it('waits for no alarm of the team whose figures it cannot see to subside', () => {
    const symptoms = { until: now, minutes: 60, groups: [], service: {} };
    const own = signal({ alarm: 'checkout-slo', id: `checkout-slo@${now}` });
    const fired = entry({ kind: 'SignalReceived', id: 's1', signal: own }, now - minutes(5));
    const all = { latency: null, errors: null, 'unhealthy-targets': null, 'no-capacity': null, 'below-desired': null };
    const none = settings({ alarms: all });
    const first = choose(seen([fired], standing(), { symptoms }), none, knowing(sharedCause));
    const second = choose(seen([fired, ...first.entries], standing(), { symptoms }), none, knowing(sharedCause));
    expect(second).toMatchObject({ kind: 'end', ending: { reason: 'diagnosis.shared-cause' } });
  });

  it('hands over when the service has left the configuration', () => {
    expect(choose(seen([alarm], standing(), { configured: false }))).toMatchObject({
      ending: { kind: 'HandedOver', reason: 'service.unknown' },
    });
  });

  it('recovers only when the alarms are OK and every desired task is healthy', () => {
    const quiet = entry({ kind: 'SignalReceived', id: 's2', signal: signal({ state: 'resolved', at: now }) });
    expect(choose(seen([alarm, quiet]))).toMatchObject({ kind: 'end', ending: { kind: 'RecoveryConfirmed' } });
    const one = withState(standing(), sick, 'initial');
    expect(choose(seen([alarm, quiet], one))).toMatchObject({ kind: 'wait' });
  });

  it('treats the other tasks found sick, though the first one alone has quieted the alarms', () => {
    const both = { ...sickTarget(sickTask(1), sickTask(2)), confidence: 0.9 };
    const left = knowing({ ...sickTarget(sickTask(2)), confidence: 0.9 });
    const found = entry({ kind: 'DiagnosisMade', id: '1.diagnosis', diagnosis: both }, now - minutes(5));
    const tried = entry({ kind: 'RungTried', id: '2.tried', rung: takingOut.rung });
    const quiet = entry({ kind: 'SignalReceived', id: 's2', signal: signal({ state: 'resolved', at: now }) });
    const acted = [begun(now - minutes(4)), ended(done(now - minutes(4))), helped, tried, quiet];
    expect(choose(seen([alarm, found, ...acted]), settings(), left)).toMatchObject({
      kind: 'act',
      order: { proposal: { kind: 'deregister-target', subject: { task: { task: taskArn(2) } } } },
    });
    expect(choose(seen([alarm, diagnosed, ...acted]), settings(), left)).toMatchObject({ kind: 'end' });
  });

  it('takes running tasks for healthy ones where no load balancer tells', () => {
    const { resources } = settings();
    const bare = settings({ resources: { ...resources, loadBalancer: '', targetGroups: [] } });
    const quiet = entry({ kind: 'SignalReceived', id: 's2', signal: signal({ state: 'resolved', at: now }) });
    const world = { ...standing(), targets: [] };
    expect(choose(seen([alarm, quiet], world), bare)).toMatchObject({ ending: { kind: 'RecoveryConfirmed' } });
    const fewer = { ...world, running: world.desired - 1 };
    expect(choose(seen([alarm, quiet], fewer), bare)).toMatchObject({ kind: 'wait' });
  });

  it('ends an incident that goes on for too long', () => {
    const late = { ...standing(), at: incident.openedAt + minutes(61) };
    expect(choose(seen([alarm], late))).toMatchObject({ kind: 'end', ending: { reason: 'laps.spent' } });
  });
});
