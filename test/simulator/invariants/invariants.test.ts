import { beforeAll, describe, expect, it } from 'vitest';
import type { Proposal } from '../../../lambdas/model/proposal.ts';
import type { Deed } from '../../../lib/simulator/deed.ts';
import { brokenInvariants, invariants } from '../../../lib/simulator/invariants/invariants.ts';
import type { RunRecord } from '../../../lib/simulator/run-record.ts';
import { limitedTo, orderedAs, recordIn, recordOfScenario, recordWith, withDeed } from './records.ts';

type Plant = (records: {
  readonly treated: RunRecord;
  readonly rolledBack: RunRecord;
}) => RunRecord | Promise<RunRecord>;

/** The record's incidents, each with other entries. */
const withEntries = (record: RunRecord, altered: (entries: RunRecord['ledger']) => RunRecord['ledger']): RunRecord => ({
  ...record,
  incidents: record.incidents.map((kept) => ({ ...kept, entries: altered(kept.entries) })),
});

/** For each invariant a run that breaks it: a good one in which one thing was otherwise. */
const plants: Readonly<Record<string, Plant>> = {
  'recorded-intent': ({ treated }) => withDeed(treated, 'stopTask', () => ({ written: undefined })),
  'order-in-time': ({ treated }) =>
    withDeed(treated, 'stopTask', (deed) => orderedAs(deed, () => ({ expiresAt: deed.at - 60_000 }))),
  'pause-holds-changes': ({ treated }) => ({
    ...treated,
    held: [{ service: 'checkout', from: treated.startedAt, until: null }],
  }),
  'pause-holds-orders': ({ treated }) => ({
    ...treated,
    held: [{ service: null, from: treated.startedAt, until: treated.endedAt }],
  }),
  'observe-mode': ({ treated }) =>
    withDeed(treated, 'stopTask', (deed) =>
      orderedAs(deed, ({ settings }) => ({ settings: { ...settings, mode: 'observe' } })),
    ),
  'approved-changes': ({ treated }) =>
    withDeed(treated, 'deregisterTargets', (deed) =>
      orderedAs(deed, ({ settings }) => ({ settings: { ...settings, mode: 'approve' } })),
    ),
  'somebody-listens': ({ treated }) => ({
    ...treated,
    faults: [{ kind: 'subscription-lost', at: 0 } as RunRecord['faults'][number]],
  }),
  'one-change-at-a-time': ({ treated }) =>
    withDeed(treated, 'stopTask', ({ written }) => ({ unfinished: written ? [written.order] : [] })),
  'one-intent-at-a-time': ({ treated }) =>
    withDeed(treated, 'stopTask', ({ written }) => ({ unsettled: written ? [written.order] : [] })),
  'velocity-limit': ({ treated }) => beside(treated, () => ({ service: 'cart' })),
  'own-error-budget': ({ treated }) => ({
    ...withDeed(treated, 'stopTask', (deed) => ({
      incident: 'another',
      ...orderedAs(deed, ({ settings }) => ({
        settings: {
          ...settings,
          fleet: { ...settings.fleet, errorBudget: { share: 0.1, atLeast: 1, within: { hours: 1 } } },
        },
      })),
      begun: deed.begun + 180_000,
    })),
    ledger: treated.ledger.map((entry) => (entry.kind === 'CheckMade' ? { ...entry, check: 'no-change' } : entry)),
  }),
  'trouble-in-common': ({ treated }) => beside(treated, () => ({})),
  'once-per-proposal': ({ treated }) => ({ ...treated, deeds: treated.deeds.flatMap((deed) => [deed, { ...deed }]) }),
  'healthy-floor': ({ treated }) =>
    withDeed(treated, 'deregisterTargets', ({ healthy }) => ({ healthy: { ...healthy, after: 0 } })),
  'deployment-capacity': ({ rolledBack }) =>
    withDeed(rolledBack, 'updateService', (deed) => limitedTo(deed, { minHealthyTargets: { count: 99, share: 0.5 } })),
  'disruption-limit': ({ treated }) =>
    withDeed(treated, 'deregisterTargets', (deed) => limitedTo(deed, { maxShareDisrupted: { count: 0, share: 0 } })),
  'survivors-carry': ({ treated }) =>
    withDeed(treated, 'deregisterTargets', (deed) =>
      limitedTo(deed, { survivorLoad: { capacityPerTask: null, most: 0.3 } }),
    ),
  'replacement-first': () => recordOfScenario('replacements-cannot-start', 'replacements-start'),
  'single-tasks-only': () => recordOfScenario('zone-impaired', 'common-cause'),
  'freeze-holds-changes': ({ treated }) =>
    withDeed(treated, 'stopTask', (deed) =>
      orderedAs(deed, ({ settings }) => ({
        settings: { ...settings, freezes: [{ weekday: 1, minute: 0, lasts: { hours: 1 }, why: 'A sale.' }] },
      })),
    ),
  'failures-end': () => recordOfScenario('change-that-aws-rejects', 'failure-block'),
  'idle-acts-end': () => recordOfScenario('treatment-without-effect', 'ineffective-limit'),
  'bans-kept': () => recordOfScenario('undone-act-is-banned', 'ban'),
  'rest-between-incidents': ({ treated }) => withDeed(treated, 'stopTask', () => ({ incident: 'another' })),
  'treatment-limit': ({ treated }) =>
    withDeed(treated, 'stopTask', (deed) => ({
      incident: 'another',
      ...limitedTo(deed, { repeatLimit: { count: 1, within: { hours: 1 } } }),
    })),
  'hands-off-deployments': () => recordOfScenario('sick-task-during-a-deployment', 'deployment-in-progress'),
  'stack-left-alone': ({ treated }) => ({
    ...treated,
    faults: [{ kind: 'stack-update', at: 0, service: 'checkout' } as RunRecord['faults'][number]],
  }),
  'scaling-left-alone': () => recordOfScenario('scaling-during-an-incident', 'scaling-in-progress'),
  'zone-serves': () => recordOfScenario('last-healthy-target-of-its-zone', 'zone-floor'),
  'shifted-zone': ({ treated }) => ({
    ...treated,
    faults: [{ kind: 'zonal-shift', at: 0, service: undefined, zone: 'a' } as RunRecord['faults'][number]],
  }),
  'protection-kept': () => recordOfScenario('protected-task', 'task-protected'),
  'marked-release': () => recordOfScenario('release-that-must-not-go-back', 'no-rollback'),
  'out-before-stop': ({ treated }) => withDeed(treated, 'stopTask', () => ({ servingSince: treated.startedAt })),
  'drained-before-stop': ({ treated }) =>
    withDeed(treated, 'stopTask', (deed) => ({
      at: (treated.deeds.find(({ change }) => change === 'deregisterTargets')?.at ?? 0) + 10_000,
      ...orderedAs(deed, ({ settings }) => ({ settings: { ...settings, senses: [] } })),
    })),
  'evidence-age': ({ rolledBack }) =>
    withDeed(rolledBack, 'updateService', ({ begun }) => ({ begun: begun + 600_000 })),
  'undo-is-heeded': ({ treated }) =>
    withEntries(treated, ([first, ...rest]) =>
      first === undefined
        ? []
        : [
            { ...first, kind: 'UndoRequested', id: 'undo', by: 'a person', why: '', of: first.incident, orders: [] },
            first,
            ...rest,
          ],
    ),
  'diagnosed-subject': ({ rolledBack }) =>
    withDeed(rolledBack, 'updateService', ({ begun }) => ({ begun: begun + 600_000, at: rolledBack.endedAt })),
  'nothing-after-the-end': ({ treated }) => withDeed(treated, 'stopTask', () => ({ incidentEnded: true })),
  'known-good-rollback': () => recordOfScenario('release-before-not-proven', 'rollback-target-known-good'),
  'restart-same-release': ({ rolledBack }) =>
    withDeed(rolledBack, 'updateService', (deed) =>
      orderedAs(deed, ({ proposal }) => ({ proposal: meaning(proposal, foundBadIn(rolledBack)) })),
    ),
  'nothing-half-done': ({ treated }) => ({
    ...treated,
    deeds: treated.deeds
      .filter(({ change }) => change === 'deregisterTargets')
      .map((deed) => ({ ...deed, tasks: anyTask(treated) })),
  }),
  'incident-ends': ({ treated }) => ({
    ...withEntries(treated, (entries) => entries.filter(({ kind }) => kind !== 'RecoveryConfirmed')),
    endedAt: treated.endedAt + 86_400_000,
  }),
  'person-told': ({ treated }) => ({ ...treated, published: [] }),
  'one-resolve': ({ treated }) => ({ ...treated, published: treated.published.flatMap((each) => [each, each]) }),
  'message-rate': ({ treated }) => ({
    ...treated,
    published: Array.from({ length: 21 }, () => treated.published).flat(),
  }),
  'ledger-replay': ({ treated }) =>
    withEntries(treated, (entries) => entries.filter(({ kind }) => kind !== 'SignalReceived')),
  'workflow-holds': ({ treated }) => ({ ...treated, failures: ['recover is not deterministic: it took another way.'] }),
  'signal-kept': ({ treated }) => ({
    ...treated,
    ledger: treated.ledger.filter(({ kind }) => kind !== 'SignalReceived'),
  }),
  'alarm-heard': () => recordOfScenario('alarm-event-lost', 'sweep'),
};

/** The same again for another service at the same time, which all depend on. */
const beside = (record: RunRecord, altered: (deed: Deed) => Partial<Deed>): RunRecord => ({
  ...record,
  deeds: record.deeds.flatMap((deed) => {
    const dependent = {
      ...deed,
      ...orderedAs(deed, ({ settings }) => ({ settings: { ...settings, dependsOn: ['cart'] } })),
    };
    const other = { ...deed, service: 'cart', incident: 'another', order: 'another', ...altered(deed) };
    return [
      { ...other, claimedAt: deed.at - 1000 },
      { ...dependent, claimedAt: deed.at },
    ];
  }),
  incidents: record.incidents.flatMap((kept) => [
    kept,
    { ...kept, incident: { ...kept.incident, id: 'another', service: 'cart' } },
  ]),
});

/** The deployment of the release that was found bad. */
const foundBadIn = ({ ledger }: RunRecord): string =>
  ledger.flatMap((entry) => (entry.kind === 'ReleaseCondemned' ? [entry.deployment] : []))[0] ?? '';

/** The same rollback, as if it had meant the release of that deployment. */
const meaning = (proposal: Proposal, good: string): Proposal =>
  'good' in proposal.subject ? ({ ...proposal, subject: { ...proposal.subject, good } } as Proposal) : proposal;

/** A task that runs on at the end. */
const anyTask = ({ world }: RunRecord): readonly string[] =>
  world.services.flatMap(({ fleet }) => fleet.live.map(({ arn }) => arn)).slice(0, 1);

describe('the invariants', () => {
  let treated: RunRecord;
  let rolledBack: RunRecord;
  beforeAll(async () => {
    treated = await recordWith('20m', '{ at: 2m, kind: error-task, service: checkout, tasks: 1, rate: 60% }');
    rolledBack = await recordWith(
      '22m',
      '{ at: 2m, kind: bad-deployment, service: checkout, revision: "43", errorRate: 60% }',
    );
  });

  it('hold in runs in which a task is replaced and a release is rolled back', () => {
    expect(treated.deeds.map(({ change }) => change)).toEqual(['deregisterTargets', 'stopTask']);
    expect(rolledBack.deeds.map(({ change }) => change)).toEqual(['updateService']);
    expect([...brokenInvariants(treated), ...brokenInvariants(rolledBack)]).toEqual([]);
  });

  it('are each shown to break', () => {
    expect(Object.keys(plants).sort()).toEqual(invariants.map(({ name }) => name).sort());
  });

  it.each(Object.entries(plants))('%s breaks', async (name, plant) => {
    const broken = brokenInvariants(await plant({ treated, rolledBack }));
    expect(broken.map(({ invariant }) => invariant)).toContain(name);
    expect(broken.filter(({ says }) => !says.endsWith('.'))).toEqual([]);
  });

  describe('with a target that came back', () => {
    let back: RunRecord;
    let out: Deed;
    beforeAll(async () => {
      back = await recordIn(
        { reregisters: 20_000 },
        '20m',
        '{ at: 2m, kind: error-task, service: checkout, tasks: 1, rate: 60% }',
      );
      const first = back.deeds.find(({ change }) => change === 'deregisterTargets');
      if (first === undefined) throw new Error('No task was taken out.');
      out = first;
    });
    const broken = (deeds: readonly Deed[]): readonly string[] =>
      brokenInvariants({ ...back, deeds }).map(({ invariant }) => invariant);
    /** The same act again, so many seconds later, by an order of its own. */
    const later = (seconds: number, given: Partial<Deed> = {}): Deed => {
      const at = out.at + 1000 * seconds;
      return { ...out, begun: at - 1000, askedAt: at, at, order: 'another', ...given };
    };

    it('leave nothing half done', () => {
      expect(broken([out])).not.toContain('nothing-half-done');
    });

    it('let it be taken out again, but not before it came back', () => {
      expect(broken([out, later(30)])).not.toContain('once-per-proposal');
      expect(broken([out, later(10)])).toContain('once-per-proposal');
    });

    it('let its task be stopped without a wait once it is out again', () => {
      const stop = (seconds: number): Deed =>
        later(seconds, {
          change: 'stopTask',
          ...orderedAs(out, ({ settings }) => ({ settings: { ...settings, senses: [] } })),
        });
      expect(broken([out, later(30), stop(35)])).not.toContain('drained-before-stop');
      expect(broken([out, stop(10)])).toContain('drained-before-stop');
    });

    it('do not blame a stop for what is given requests only since the last look', () => {
      const stop = (begun: number): Deed =>
        later(31, { change: 'stopTask', servingSince: out.at + 30_000, begun: out.at + 1000 * begun });
      expect(broken([out, stop(29)])).not.toContain('out-before-stop');
      expect(broken([out, stop(30.5)])).toContain('out-before-stop');
    });
  });

  it('hold a rollback to a copy to what its original has done', async () => {
    const record = await recordIn(
      { deployedBy: 'cloudformation' },
      '22m',
      '{ at: 2m, kind: bad-deployment, service: checkout, revision: "43", errorRate: 60% }',
    );
    const [copy] = record.deeds;
    expect(brokenInvariants(record)).toEqual([]);
    expect(record.deeds.map(({ subject }) => subject.split(':').at(-1))).toEqual(['42', '44']);
    const all = record.world.services[0]?.rollouts.all ?? [];
    const original = all.findLast(({ release }) => release.revision === '42');
    expect(all.find(({ release }) => release.taskDefinition.endsWith(':44'))?.release.revision).toBe('42');
    const foundBad = record.ledger.map((entry) =>
      entry.kind === 'ReleaseCondemned' ? { ...entry, deployment: original?.id ?? '', at: (copy?.at ?? 0) - 1 } : entry,
    );
    expect(brokenInvariants({ ...record, ledger: foundBad }).map(({ says }) => says)).toContainEqual(
      expect.stringContaining('which was found bad'),
    );
  });

  it('are not misled by one more sick task elsewhere: a zone that is sick as a whole stays one', async () => {
    const record = await recordOfScenario('zone-impaired', 'common-cause');
    const elsewhere = record.world.services.flatMap(({ fleet }) => fleet.live).find(({ zone }) => !zone.endsWith('a'));
    const beside = withDeed(record, 'deregisterTargets', (deed) =>
      orderedAs(deed, ({ proposal }) => ({
        proposal: {
          ...proposal,
          because: proposal.because.flatMap((fact) =>
            'task' in fact && elsewhere ? [fact, { ...fact, task: elsewhere.arn }] : [fact],
          ),
        },
      })),
    );
    expect(brokenInvariants(beside)[0]).toMatchObject({
      invariant: 'single-tasks-only',
      says: expect.stringContaining('sick as a whole'),
    });
  });

  describe('on messages', () => {
    const broken = (record: RunRecord, name: string) =>
      brokenInvariants(record).flatMap(({ invariant, says }) => (invariant === name ? [says] : []));
    const ended = () => treated.published.at(-1)?.message ?? treated.published[0]?.message;
    /** The last message as a line of a summary. */
    const asSummary = (change: (body: string) => string = (body) => body): RunRecord => ({
      ...treated,
      published: treated.published.map((each) => {
        const { message } = each;
        if (message !== ended()) return each;
        const body = `RECOVERED\n${message.subject}\n  info, resolve, ${message.dedupKey}`;
        return { ...each, message: { ...message, kind: 'summary', status: 'update', body: change(body) } };
      }),
    });

    it('take a line of a summary for a message of its own', () => {
      expect(ended()).toMatchObject({ kind: 'recovered' });
      expect(brokenInvariants(asSummary())).toEqual([]);
    });

    it('miss an end that a summary does not say, and an incident that it does not list', () => {
      const other = asSummary((body) => body.replace('resolve', 'update'));
      expect(broken(other, 'person-told')).toHaveLength(1);
      const gone = asSummary((body) => body.replace(/\n.*$/, ''));
      expect(broken(gone, 'message-rate')).toEqual([expect.stringContaining('does not list')]);
      const nameless = asSummary((body) => body.replace('checkout: ', ''));
      expect(broken(nameless, 'message-rate')).toEqual([expect.stringContaining('does not list')]);
    });

    it('count a resolve in a summary beside one in a message of its own', () => {
      const both = { ...treated, published: [...treated.published, ...asSummary().published.slice(-1)] };
      expect(broken(both, 'one-resolve')).toEqual([expect.stringContaining('was resolved 2 times.')]);
    });

    it('want the last message of a window to be a summary, and none after it', () => {
      const count = treated.published.length;
      const few = (most: number) => ({ ...treated, messages: { most, window: { minutes: 20 } } });
      expect(broken(few(count + 1), 'message-rate')).toEqual([]);
      expect(broken(few(count), 'message-rate')).toEqual([expect.stringContaining('no summary')]);
      expect(broken({ ...asSummary(), messages: few(count).messages }, 'message-rate')).toEqual([]);
      expect(broken(few(count - 1), 'message-rate')).toContainEqual(expect.stringContaining('are allowed'));
    });

    it('want an end to be told in time', () => {
      const late = {
        ...treated,
        published: treated.published.map((each) =>
          each.message === ended() ? { ...each, at: treated.endedAt } : each,
        ),
      };
      expect(broken(late, 'person-told')).toEqual([expect.stringContaining('in time')]);
    });
  });
});
