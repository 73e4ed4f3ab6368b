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
  routing,
  seconds,
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
      seen([alarm, diagnosed, begun(now - minutes(5)), ended(done(now - minutes(5)), now - minutes(5)), helped], world),
    );
    expect(move).toMatchObject({
      kind: 'act',
      order: { proposal: { kind: 'replace-task', expects: { see: 'all-tasks-healthy', by: { minutes: 15 } } } },
    });
    expect(move.kind === 'act' && 'share' in move.order.proposal.expects).toBe(false);
  });

  it('waits for the target to drain, and looks meanwhile whether ECS registers it again', () => {
    const world = withState(standing(), sick, 'draining');
    const story = [alarm, diagnosed, begun(now - minutes(4)), ended(done(now - minutes(4))), helped];
    expect(choose(seen(story, world))).toMatchObject({ kind: 'wait', outside: [targetRef(1)], for: { seconds: 30 } });
    expect(choose(seen([alarm]), settings(), knowing(sharedCause))).toMatchObject({ kind: 'wait', outside: [] });
  });

  it('replaces a task that is still draining once the log shows it idle', () => {
    const world = withState(standing(), sick, 'draining');
    const story = [alarm, diagnosed, begun(now - minutes(4)), ended(done(now - minutes(4))), helped];
    const readings = [1, 2, 3, 4, 5, 6].map((n) => ({
      task: taskArn(n),
      requests: n === 1 ? 0 : 600,
      errors: 0,
      slow: 0,
      newest: n === 1 ? null : now - minutes(1),
    }));
    const logged = { taskLogs: { from: now - minutes(4), until: now - minutes(1), readings }, failed: [] };
    expect(choose(seen(story, world, { evidence: logged }))).toMatchObject({
      kind: 'act',
      order: { proposal: { kind: 'replace-task', because: [{ kind: 'CheckMade' }, { kind: 'TaskIdle' }] } },
    });
  });

  describe('when ECS has registered a target again that was taken out', () => {
    const out = [alarm, diagnosed, begun(now - minutes(1)), ended(done(now - minutes(1)), now - minutes(1))];
    const again = {
      ...takingOut,
      id: '2',
      proposal: {
        ...onTask('deregister-target', 1),
        key: `deregister-target|${taskArn(1)}|again 1`,
        repeats: `deregister-target|${taskArn(1)}`,
        expects: { see: 'stays-out', by: { seconds: 30 } },
      },
    };
    const cameBack = entry({ kind: 'CheckMade', id: '2.check', orderId: '1', check: 'came-back', says: 'So.' });
    const outAgain = [
      ...out,
      cameBack,
      entry({ kind: 'ActionStarted', id: '2.started', order: again, ruling: allowed }),
      entry({ kind: 'ActionCompleted', id: '2.result', orderId: '2', result: done(now) }),
    ];

    it.each(['initial', 'healthy', 'unhealthy'] as const)(
      'takes it out once more while it is %s, by an order of its own, and does not say that it did not help',
      (state) => {
        const move = choose(seen(out, withState(standing(), sick, state)));
        expect(kinds(move.entries)).toEqual(['CheckMade', 'ActionStarted']);
        expect(move.entries[0]).toMatchObject({
          check: 'came-back',
          says: 'The target is registered again, 60 s after it was taken out.',
        });
        expect(move).toMatchObject({
          kind: 'act',
          order: {
            rung: takingOut.rung,
            undoes: null,
            proposal: {
              kind: 'deregister-target',
              key: `deregister-target|${taskArn(1)}|again 1`,
              repeats: `deregister-target|${taskArn(1)}`,
              subject: takingOut.proposal.subject,
              expects: { see: 'stays-out' },
            },
          },
        });
      },
    );

    it('takes it out once more, too, when it had helped already', () => {
      const move = choose(seen([...out, helped]));
      expect(move).toMatchObject({ kind: 'act', order: { proposal: { repeats: expect.anything() } } });
      expect(kinds(move.entries)).toEqual(['ActionStarted']);
    });

    it('then replaces its task at once, and expects of that what taking it out could not show', () => {
      const move = choose(seen(outAgain, withState(standing(), sick, 'draining')));
      expect(move.entries[0]).toMatchObject({ kind: 'CheckMade', orderId: '2', check: 'helped' });
      expect(move).toMatchObject({
        kind: 'act',
        order: { proposal: { kind: 'replace-task', expects: { see: 'all-tasks-healthy', share: 0.9 } } },
      });
    });

    it('takes it out a third time when it came back before its task was replaced', () => {
      const move = choose(seen(outAgain));
      expect(move.entries[0]).toMatchObject({ kind: 'CheckMade', orderId: '2', check: 'came-back' });
      expect(move).toMatchObject({
        order: {
          proposal: {
            key: `deregister-target|${taskArn(1)}|again 2`,
            repeats: `deregister-target|${taskArn(1)}`,
          },
        },
      });
    });

    it('does not count what its function refused because it came back as refused too often', () => {
      const stop = { ...order(onTask('replace-task', 1)), rung: takingOut.rung };
      const refusals = ['3', '4', '5', '6'].flatMap((id) => [
        entry({ kind: 'ActionStarted', id: `${id}.started`, order: { ...stop, id }, ruling: allowed }),
        entry({
          kind: 'ActionCompleted',
          id: `${id}.result`,
          orderId: id,
          result: { kind: 'refused', reason: 'target.came-back', says: 'It is back.' },
        }),
      ]);
      const move = choose(seen([...outAgain, ...refusals], withState(standing(), sick, 'draining')));
      expect(move).toMatchObject({ kind: 'act', order: { proposal: { kind: 'replace-task' } } });
    });

    it('hands over once it was taken out again so often, and leaves the target where ECS wants it', () => {
      const how = settings({ limits: { takeOutAgain: { count: 1 } } });
      const move = choose(seen(outAgain), how);
      expect(move).toMatchObject({
        kind: 'end',
        ending: {
          reason: 'target.came-back',
          says: 'ECS has registered something again each time it was taken out, 2 times; its task runs on and gets requests.',
          leftUndone: [expect.stringContaining('ECS has put something back')],
        },
      });
    });

    it('hands over when it may not be taken out again, and has nothing to put back', () => {
      const paused = { kind: 'paused', scope: 'service', by: 'on-call', why: 'x', until: null } as const;
      const move = choose(seen(out, standing(), { controls: paused }));
      expect(move).toMatchObject({
        kind: 'end',
        ending: { reason: 'controls.paused', leftUndone: [expect.stringContaining('ECS has put something back')] },
      });
    });

    it('puts back what is still out of the other target group before it hands over', () => {
      const both = { ...takingOut, proposal: onTask('deregister-target', 1, [targetRef(1), targetRef(1, groupB)]) };
      const story = [
        alarm,
        diagnosed,
        entry({ kind: 'ActionStarted', id: '1.started', order: both, ruling: allowed }, now - minutes(1)),
        ended(done(now - minutes(1)), now - minutes(1)),
      ];
      const world = { ...standing(), targets: [...standing().targets, target(1, 'draining', groupB)], listeners: 0 };
      const move = choose(seen(story, world));
      expect(move.entries[0]).toMatchObject({
        says: '1 of 2 targets is registered again, 60 s after it was taken out.',
      });
      expect(move).toMatchObject({ kind: 'act', order: { proposal: { kind: 'register-target' }, undoes: '1' } });
    });

    it('asks nobody anew in approve mode: what is done once more rests on the approval of its rung', () => {
      const approval = { requestId: '7', by: 'ann', at: now - minutes(2) };
      const approved = entry(
        { kind: 'ActionStarted', id: '1.started', order: { ...takingOut, approval }, ruling: allowed },
        now - minutes(1),
      );
      const story = [alarm, diagnosed, approved, ended(done(now - minutes(1)), now - minutes(1))];
      const move = choose(seen(story), settings({ mode: 'approve' }));
      expect(move).toMatchObject({ kind: 'act', order: { approval, proposal: { repeats: expect.anything() } } });
    });

    it('leaves it to a person who wants it back', () => {
      const move = choose(seen([...out, wanted([])]));
      expect(move).toMatchObject({ kind: 'act', order: { proposal: { kind: 'register-target' }, undoes: '1' } });
      expect(choose(seen([...out, cameBack, wanted([])]))).toMatchObject({
        kind: 'end',
        ending: { reason: 'undo.requested' },
      });
    });
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

  it('waits for a task that drains for longer than an incident may last', () => {
    const world = {
      ...withState(standing(), sick, 'draining'),
      at: incident.openedAt + minutes(60) + 1,
      routing: routing({ deregistrationDelay: { seconds: 3600 } }),
    };
    const story = [alarm, diagnosed, begun(now - minutes(4)), ended(done(now - minutes(4))), helped];
    expect(choose(seen(story, world))).toMatchObject({ kind: 'wait' });
    const tooLate = { ...world, at: now + minutes(56 + 15) + 1 };
    expect(choose(seen(story, tooLate))).toMatchObject({ order: { proposal: { kind: 'register-target' } } });
    const unread = { ...world, routing: null };
    expect(choose(seen(story, unread))).toMatchObject({ order: { proposal: { kind: 'register-target' } } });
  });

  it('looks every few seconds what became of taking a target out, until that is known', () => {
    const story = [alarm, diagnosed, begun(now - seconds(10)), ended(unknown, now - seconds(10))];
    expect(choose(seen(story))).toMatchObject({ kind: 'wait', for: { seconds: 5 } });
    expect(choose(seen(story, withState(standing(), sick, 'draining'))).entries[0]).toMatchObject({
      kind: 'ActionCompleted',
      result: { kind: 'done', receipt: { seen: 'draining in its target group' } },
    });
    // It served before: one that is being registered has been out.
    const move = choose(seen(story, withState(standing(), sick, 'initial')));
    expect(move.entries).toMatchObject([
      { kind: 'ActionCompleted', result: { receipt: { seen: 'taken out, and registered again since' } } },
      { kind: 'CheckMade', check: 'came-back' },
      { kind: 'ActionStarted' },
    ]);
  });

  it('ends an incident that goes on for too long', () => {
    const late = { ...standing(), at: incident.openedAt + minutes(61) };
    expect(choose(seen([alarm], late))).toMatchObject({ kind: 'end', ending: { reason: 'laps.spent' } });
  });
});
