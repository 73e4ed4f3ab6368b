import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../../lambdas/model/diagnosis.ts';
import type { DeploymentFact, Standing } from '../../../lambdas/model/facts.ts';
import type { CheckReason } from '../../../lambdas/model/incident.ts';
import type { EntryOf, LedgerEntry } from '../../../lambdas/model/ledger-entry.ts';
import type { ActResult, Order } from '../../../lambdas/model/order.ts';
import type { Proposal } from '../../../lambdas/model/proposal.ts';
import { actions } from '../../../lambdas/pipeline/act/actions.ts';
import { compose } from '../../../lambdas/pipeline/notify/compose.ts';
import { fold } from '../../../lambdas/pipeline/record/evolve.ts';
import { undoable } from '../../../lambdas/pipeline/undoable.ts';
import { deployment, digest, hours, image, standing, taskDefinition } from '../build.ts';
import {
  checked,
  completed,
  diagnosed,
  handedOver,
  incident,
  minutes,
  operatorApi,
  order,
  recovered,
  started,
  state,
  t0,
} from './build.ts';

// What people read when a release went back, or could not: every text is made of what the actions themselves say of a world.
// `npx vitest run -u test/pipeline/notify/rollback-messages.test.ts` writes the files anew; read them aloud before you keep them.

const bad = deployment(43, t0 - minutes(20), { finishedAt: t0 - minutes(16) });
const good = deployment(42, t0 - hours(72));
const older = deployment(41, t0 - hours(168));
const proxy = { container: 'proxy', image: 'proxy:latest', digest: null };

const badRelease: Diagnosis = {
  kind: 'bad-deployment',
  deployment: bad.id,
  taskDefinition: bad.taskDefinition,
  because: [
    {
      kind: 'DeploymentStarted',
      source: 'ecs',
      at: t0,
      deployment: bad.id,
      taskDefinition: bad.taskDefinition,
      says: 'checkout:43 began to be deployed 18 min before the trouble began.',
    },
  ],
  against: [],
  confidence: 0.92,
};
const wornOut: Diagnosis = { kind: 'worn-out', because: [], against: [], confidence: 0.88 };

const world = (deployments: readonly DeploymentFact[], change: Partial<Standing> = {}): Standing =>
  standing({ deployments, at: t0, ...change });
const given = (seen: Standing) => ({
  settings: state().settings ?? order('1', {} as Proposal).settings,
  standing: seen,
  history: { acts: [], incidents: [], condemned: [] },
});

type Kind = 'roll-back-deployment' | 'restart-service';

/** What would be done in that world; or why nothing, as the hand-over says it. */
function proposed(kind: Kind, seen: Standing): Proposal | Pick<EntryOf<'HandedOver'>, 'reason' | 'says'> {
  const diagnosis = kind === 'restart-service' ? wornOut : badRelease;
  const proposal = actions[kind].propose(diagnosis, null, given(seen));
  return proposal.kind === 'not-applicable' ? { reason: proposal.reason, says: proposal.because } : proposal;
}

/** What the action makes of the world after it. */
function resultOf(proposal: Proposal, after: Standing): ActResult {
  const { confirm, drift } = actions[proposal.kind] as (typeof actions)['roll-back-deployment'];
  const seen = confirm(proposal as Proposal<'roll-back-deployment'>, after) ?? 'nothing is seen of it';
  const left = drift?.(proposal as Proposal<'roll-back-deployment'>, after);
  return { kind: 'done', receipt: { kind: 'changed', at: t0 + 4_000, seen, ...(left && { drift: left }) } };
}

const coming = (revision: number, of: DeploymentFact, change: Partial<DeploymentFact> = {}): DeploymentFact => ({
  ...of,
  id: `coming ${revision}`,
  taskDefinition: taskDefinition(revision),
  startedAt: t0,
  finishedAt: null,
  status: 'in-progress',
  copyOf: revision === 42 ? null : (of.copyOf ?? of.taskDefinition),
  ...change,
});

/** Diagnosed, and done; the last message of it. */
function told(
  kind: Kind,
  before: Standing,
  after: Standing,
  end: readonly LedgerEntry[],
  more: readonly LedgerEntry[] = [],
): string {
  const proposal = proposed(kind, before);
  if (!('key' in proposal)) throw new Error(`Nothing would be done: ${proposal.says}`);
  const made = order('1', proposal, { rung: 'bad-deployment|service|0' });
  const acted = [started(made), completed('1', resultOf(proposal, after))];
  const diagnosis = kind === 'restart-service' ? wornOut : badRelease;
  return textOf([diagnosed(diagnosis), ...acted, ...more], end);
}

const signal: LedgerEntry = {
  kind: 'SignalReceived',
  id: 's1',
  incident: incident.id,
  service: 'checkout',
  at: t0,
  signal: {
    id: 'x',
    service: 'checkout',
    kind: 'errors',
    alarm: 'paramedic/simulated/checkout/errors',
    state: 'firing',
    at: t0,
    source: 'cloudwatch-alarm',
    says: 'Threshold Crossed: 2 out of the last 3 datapoints were greater than the threshold (2.0).',
  },
};

function textOf(story: readonly LedgerEntry[], end: readonly LedgerEntry[]): string {
  const all = [signal, ...story, ...end];
  const folded = fold(all);
  const settings = order('1', {} as Proposal).settings;
  const messages = compose(end, {
    ...{ incident, settings, operatorApi },
    ...{ state: folded, undoable: undoable(folded.attempts), story: all },
  });
  return messages.map(({ subject, body }) => `${subject}\n\n${body}\n`).join('\n');
}

/** The rollback was taken back, and the incident handed over. */
function takenBack(before: Standing, after: Standing, inVain: CheckReason, says: string): string {
  const proposal = proposed('roll-back-deployment', before) as Proposal<'roll-back-deployment'>;
  const forward = actions['roll-back-deployment'].undo(proposal, []) as Proposal<'roll-forward-deployment'>;
  const [back] = after.deployments;
  const stopped =
    back === undefined ? [] : [{ ...back, status: 'rolling-back' as const }, ...after.deployments.slice(1)];
  const seen = actions['roll-forward-deployment'].confirm(forward, world(stopped)) ?? '';
  const undone: Order = order('2', forward, { rung: 'bad-deployment|service|0', undoes: '1' });
  const check = { ...checked('1', 'no-change', says), inVain };
  return told(
    'roll-back-deployment',
    before,
    after,
    [handedOver({ reason: reasonOf[inVain], says })],
    [
      check,
      started(undone, 4),
      completed('2', { kind: 'done', receipt: { kind: 'changed', at: t0 + minutes(4), seen } }, 4),
      checked('2', 'helped', 'checkout:43 is deployed again.', 6),
    ],
  );
}
const reasonOf = {
  'tasks-do-not-start': 'rollback.not-started',
  'suffers-alike': 'rollback.suffers-alike',
} as const satisfies Record<CheckReason, string>;

const inactive = { ...good, definition: 'inactive' as const };
const copied = coming(44, good);
const helped = [
  checked('1', 'helped', 'The deployment has finished, no alarm breaches: errors 31 % before, 0.1 % after.'),
];

const texts: Readonly<Record<string, () => string>> = {
  'rolled-back-to-a-copy': () =>
    told(
      'roll-back-deployment',
      world([bad, inactive, older]),
      world([copied, bad, inactive, older]),
      [recovered()],
      helped,
    ),
  'rolling-back-to-a-copy': () => {
    const before = world([bad, inactive, older]);
    const proposal = proposed('roll-back-deployment', before) as Proposal;
    const made = order('1', proposal, { rung: 'bad-deployment|service|0' });
    const result = resultOf(proposal, world([copied, bad, inactive, older]));
    return textOf([diagnosed(badRelease)], [started(made), completed('1', result)]);
  },
  'rolled-back-as-it-is': () =>
    told('roll-back-deployment', world([bad, good]), world([coming(42, good), bad, good]), [recovered()], helped),
  'rolled-back-to-the-copy-of-before': () => {
    const copy = { ...good, taskDefinition: taskDefinition(40), copyOf: taskDefinition(39) };
    return told(
      'roll-back-deployment',
      world([bad, copy]),
      world([{ ...coming(40, copy), copyOf: copy.copyOf }, bad, copy]),
      [recovered()],
      helped,
    );
  },
  'rolled-back-with-a-tag-kept': () => {
    const partly = { ...inactive, images: [image(42), proxy] };
    const copy = { ...copied, images: [image(42), proxy] };
    return told('roll-back-deployment', world([bad, partly]), world([copy, bad, partly]), [recovered()], helped);
  },
  'stopped-while-it-ran': () => {
    const running = { ...bad, status: 'in-progress' as const, finishedAt: null };
    const back = { ...running, status: 'rolling-back' as const, rolledBackTo: taskDefinition(42) };
    return told('roll-back-deployment', world([running, good]), world([back, good]), [recovered()], helped);
  },
  'restarted-by-a-copy': () => {
    const moved = { resolves: { 'checkout:42': digest(7) } };
    return told('restart-service', world([good], moved), world([copied, good], moved), [recovered()], helped);
  },
  'image-gone': () => {
    const gone = world([bad, good], { resolves: {}, imagesGone: [`checkout@${digest(42)}`] });
    return notDone(gone);
  },
  'not-described': () => notDone(world([bad, { ...good, definition: 'gone' }])),
  'nothing-to-go-back-to': () => notDone(world([bad])),
  'not-known-good': () => notDone(world([bad, deployment(42, t0 - minutes(55)), { ...older, definition: 'gone' }])),
  'start-failed-and-undone': () =>
    takenBack(
      world([bad, inactive, older]),
      world([copied, bad, inactive, older]),
      'tasks-do-not-start',
      'No task of checkout:44 can start: CannotPullContainerError: failed to resolve ref checkout@sha256:1f: not found.',
    ),
  'suffers-alike-and-undone': () =>
    takenBack(
      world([bad, good, older]),
      world([coming(42, good), bad, good, older]),
      'suffers-alike',
      'The trouble goes on, 9 min after the act: errors 31 % before, 30 % after.',
    ),
};

function notDone(seen: Standing): string {
  const why = proposed('roll-back-deployment', seen);
  if ('key' in why) throw new Error('Something would be done.');
  return textOf([diagnosed(badRelease)], [handedOver(why)]);
}

describe('the message of a rollback', () => {
  it.each(Object.entries(texts))('%s', async (name, text) => {
    await expect(text()).toMatchFileSnapshot(`golden/${name}.txt`);
  });
});
