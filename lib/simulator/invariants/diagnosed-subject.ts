import type { Deed } from '../deed.ts';
import type { Deployment } from '../world/deployment.ts';
import { eachDeed, knownUpTo, serviceOf } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/** What replaces all tasks is done to the release that was diagnosed, not to one that somebody has brought in since. */
export const diagnosedSubject: Invariant = {
  name: 'diagnosed-subject',

  broken: (record) =>
    eachDeed(record, (deed) => {
      const rollouts = serviceOf(record, deed)?.rollouts;
      const newest = rollouts?.all.find(({ startedAt }) => startedAt < knownUpTo(record, deed));
      if (newest === undefined || isMeant(deed, newest, rollouts?.all ?? [])) return undefined;
      return `though ${newest.release.revision} has been deployed since it was diagnosed`;
    }),
};

function isMeant({ change, written }: Deed, newest: Deployment, all: readonly Deployment[]): boolean {
  const subject = written?.order.proposal.subject;
  if (subject === undefined) return true;
  if (change !== 'updateService' && change !== 'forceNewDeployment') return true;
  if ('onTopOf' in subject) return newest.id === subject.onTopOf;
  if (!('from' in subject)) return true;
  const runs = newest.status === 'rolled-back' ? newest.rolledBackTo : newest.release;
  const from = all.find(({ release }) => release.taskDefinition === subject.from);
  return runs?.revision === from?.release.revision;
}
