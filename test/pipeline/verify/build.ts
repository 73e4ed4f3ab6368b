import type { ActionKind } from '../../../lambdas/contract/names.ts';
import type { Symptoms } from '../../../lambdas/model/facts.ts';
import type { Attempt } from '../../../lambdas/model/incident-state.ts';
import type { Proposal, Subjects } from '../../../lambdas/model/proposal.ts';
import type { VerifyFacts } from '../../../lambdas/pipeline/verify/acted.ts';
import {
  minute,
  noHistory,
  noLogs,
  now,
  release,
  settings,
  standing,
  symptoms,
  target,
  task,
} from '../diagnose/build.ts';

/** All acts below were done on a whole minute: minutes from there on count. */
export const actedAgo = 4;
export const acted = now - actedAgo * minute;

export function attempt<K extends ActionKind>(
  kind: K,
  subject: Subjects[K],
  expects: Proposal['expects'],
  over: Partial<Proposal<K>> = {},
): Attempt {
  const proposal: Proposal<K> = {
    key: kind,
    kind,
    subject,
    subjectName: 'it',
    rationale: '',
    because: [],
    expects,
    wayBack: { kind: 'none', says: '' },
    ...over,
  };
  return {
    order: {
      version: 1,
      id: 'o',
      incidentId: 'i',
      service: 'checkout',
      fence: 1,
      expiresAt: now,
      settings,
      proposal,
      load: null,
      rung: 'r',
      undoes: null,
    },
    startedAt: acted - minute,
    result: { kind: 'done', receipt: { kind: 'changed', at: acted, seen: '' } },
    resultAt: acted,
    check: null,
  };
}

/** Task 1 was taken out; it had this share of the trouble. */
export const takenOut = (share = 1, because: Proposal['because'] = []): Attempt =>
  attempt(
    'deregister-target',
    { task: task(1).task, targets: [target(1).target] },
    { see: 'trouble-falls', share, by: { minutes: 5 } },
    { because },
  );

export const rolledBack = (way: 'stop-running' | 'update-service'): Attempt =>
  attempt(
    'roll-back-deployment',
    {
      service: { cluster: settings.resources.cluster, service: 'checkout' },
      deployment: 'deployment-43',
      from: release(43),
      way,
      to: release(42),
      good: 'deployment-42',
    },
    { see: 'deployment-helps', by: { minutes: 20 } },
  );

/** Six tasks desired, five of them in service. */
export const facts = (over: Partial<VerifyFacts> = {}): VerifyFacts => ({
  settings,
  standing: standing(6, { targets: [2, 3, 4, 5, 6].map((n) => target(n)) }),
  symptoms: symptoms(() => ({})),
  evidence: noLogs,
  history: noHistory,
  signals: [],
  ...over,
});

type Over = ReturnType<Parameters<typeof symptoms>[0]>;

/** Trouble before the act, and something else in the whole minutes after it. */
export const changed = (before: Over, after: Over | ((ago: number) => Over), until?: number): Symptoms =>
  symptoms((ago) => {
    if (ago > actedAgo) return ago <= actedAgo + 5 ? before : {};
    return typeof after === 'function' ? after(ago) : after;
  }, until);
