import type { Deed } from '../deed.ts';
import type { RunRecord } from '../run-record.ts';
import type { Deployment } from '../world/deployment.ts';
import { befell, eachDeed, knownUpTo, releaseOf, serviceOf } from './deeds.ts';
import type { Invariant } from './invariant.ts';

/**
 * A restart brings up the release that ran before it, a rollback the one it names, whatever their tags stand for by now. A tag
 * that moved since the last look nobody could know of.
 */
export const restartSameRelease: Invariant = {
  name: 'restart-same-release',

  broken: (record) =>
    eachDeed(record, (deed) => {
      const all = serviceOf(record, deed)?.rollouts.all;
      if (all === undefined || (deed.change !== 'forceNewDeployment' && deed.change !== 'updateService'))
        return undefined;
      const place = all.findIndex(({ startedAt }) => startedAt <= deed.at);
      const [brought, meant] = [all[place], meantBy(deed, all, place)];
      if (brought === undefined || meant === undefined || releaseOf(brought) === releaseOf(meant)) return undefined;
      return movedUnseen(record, deed) ? undefined : 'though its image names other contents now';
    }),
};

function meantBy({ written }: Deed, all: readonly Deployment[], place: number): Deployment | undefined {
  const subject = written?.order.proposal.subject;
  if (subject !== undefined && 'good' in subject) {
    const id = 'way' in subject ? subject.good : subject.deployment;
    return all.find((each) => each.id === id);
  }
  return all.slice(place + 1).find(({ status }) => status === 'successful');
}

const movedUnseen = (record: RunRecord, deed: Deed): boolean =>
  befell(record, 'image-moved', deed.service, knownUpTo(record, deed), deed.at) &&
  record.faults.every(
    (fault) => fault.kind !== 'image-moved' || record.startedAt + fault.at >= knownUpTo(record, deed),
  );
