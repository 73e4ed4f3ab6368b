import type { Drift } from '../../model/order.ts';
import type { Section } from './layout.ts';
import type { Told } from './story.ts';
import { joined, revisionName } from './wording.ts';

/**
 * What the service runs by now that whoever deploys it knows nothing of, and what to do about it before the next deployment. Left
 * out where nothing is otherwise than it is asked for.
 */
export function driftSection({ attempts, settings }: Told): Section {
  const title = 'BEFORE THE NEXT DEPLOYMENT';
  const taken = new Set(attempts.flatMap(({ order, result }) => (result?.kind === 'done' ? [order.undoes] : [])));
  const all = attempts.flatMap(({ order, result }) => {
    const drift = result?.kind === 'done' ? result.receipt.drift : undefined;
    return drift === undefined ? [] : [{ drift, isTaken: taken.has(order.id) }];
  });
  const now = all.findLast(({ isTaken }) => !isTaken)?.drift;
  const left = all.flatMap(({ drift, isTaken }) => (isTaken && isNewest(drift) ? [leftBehind(drift)] : []));
  return { title, paragraphs: [...(now === undefined ? [] : says(now, settings.id)), ...left] };
}

/** A copy that was registered after what is asked for: then it is the newest revision of the family. */
const isNewest = ({ asked, runs, copyOf }: Drift): boolean => copyOf !== null && revisionOf(runs) > revisionOf(asked);

const revisionOf = (taskDefinition: string): number => Number(/:(\d+)$/.exec(taskDefinition)?.[1] ?? 0);

/** A copy that nothing runs any more. */
const leftBehind = ({ runs, copyOf }: Drift): string =>
  `${revisionName(runs)}, a copy of ${revisionName(copyOf ?? runs)} that Paramedic registered, is in use no more, but the newest revision of its family: whatever deploys "the latest" gets it. Deregister it, or name the revision you deploy.`;

function says(drift: Drift, service: string): readonly string[] {
  const { asked, runs, copyOf, unpinned } = drift;
  const [wanted, there] = [revisionName(asked), revisionName(runs)];
  const copy = copyOf === null ? '' : `, a copy of ${revisionName(copyOf)} that Paramedic registered`;
  const newest = isNewest(drift)
    ? [`${there} is the newest revision of its family now: whatever deploys "the latest" gets it.`]
    : [];
  const tagged =
    unpinned.length === 0
      ? []
      : [
          `No digest was recorded for ${joined(unpinned)}: it runs what its tag stands for now. Look whether that is right.`,
        ];
  const isSame = copyOf === asked;
  const todo = isSame
    ? `${there} says the same as ${wanted}, with its images named by digest. Deploy as ever, but look first what the tags of ${wanted} stand for: they may bring other images than those that run.`
    : `Mend the change in your code, or take it back, before you deploy. Deployed as it is, ${wanted} comes again; a tool that sees no change of its own leaves ${service} on ${there}.`;
  return [`${service} runs ${there}${copy}. Your stack or code still asks for ${wanted}.`, ...newest, ...tagged, todo];
}
