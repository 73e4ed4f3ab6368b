import { condemnedBefore, type NoWayBack, waysAwayFrom } from '../../contract/known-good.ts';
import { deploymentBefore, isUnderWay, runningDeployment, sameRelease } from '../../contract/releases.ts';
import { shortName } from '../../contract/short-name.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import type { DeploymentFact, Standing } from '../../model/facts.ts';
import type { NotApplicable, Proposal, Recheck, Subjects } from '../../model/proposal.ts';
import type { ActCase, Action } from './action.ts';
import { bringRelease, driftFrom, routeInWords } from './bring-release.ts';
import { changed } from './changed.ts';
import { deploymentHelps } from './deployment-check.ts';
import { notApplicable } from './not-applicable.ts';
import { type Aid, aidFor } from './shape.ts';
import { date } from './wording.ts';

type Subject = Subjects['roll-back-deployment'];
/** Where it leads, and how in words. */
type Way = Pick<Subject, 'way'> & { readonly to: DeploymentFact; readonly says: string };

/** Takes a bad release back: AWS stops a deployment that still runs; after a finished one the service goes to a good release. */
export const rollBackDeployment: Action<'roll-back-deployment'> = {
  kind: 'roll-back-deployment',

  propose(diagnosis, _focus, given) {
    const aid = aidFor(given.standing.shape);
    if (aid.kind === 'refused' || aid.kind === 'observe-only') return notApplicable('shape.unsupported', aid.says);
    if (given.standing.deployments.some((d) => d.status === 'rolling-back'))
      return notApplicable('rollback.native', 'AWS is rolling back already; a second hand would disturb it.');
    const bad = badDeployment(diagnosis, given.standing);
    if (isNotApplicable(bad)) return bad;
    const returned = returnedRelease(bad, given);
    if (returned) return returned;
    const way = wayBackFrom(bad, given, aid);
    return isNotApplicable(way) ? way : proposal(bad, way, diagnosis, given);
  },

  recheck({ subject }, { standing }) {
    return subject.way === 'stop-running' ? recheckRunning(subject, standing) : recheckFinished(subject, standing);
  },

  apply: ({ subject }, change, standing, order) =>
    subject.way === 'stop-running'
      ? change.stopServiceDeployment(subject.deployment)
      : bringRelease(subject.service, deploymentOf(subject.good, standing), change, standing, order),

  confirm({ subject }, standing) {
    const recheck =
      subject.way === 'stop-running' ? recheckRunning(subject, standing) : recheckFinished(subject, standing);
    if (recheck.kind !== 'already-so') return undefined;
    const to = shortName(subject.to);
    if (subject.way === 'stop-running') return `AWS is rolling back to ${to}`;
    const comes = standing.deployments[0]?.taskDefinition ?? subject.to;
    const copy = comes === subject.to ? '' : ` by ${shortName(comes)}, a copy of it`;
    return `the service is going back to ${to}${copy}`;
  },

  drift: ({ subject }, standing) => driftFrom(subject.from, deploymentOf(subject.good, standing), standing),

  undo: ({ key, subject: { service, from, to, good, deployment }, subjectName, expects }, because) => ({
    key: key.replace('roll-back-deployment', 'roll-forward-deployment'),
    kind: 'roll-forward-deployment',
    subject: { service, from: to, to: from, good, deployment },
    subjectName: `${shortName(to)} forward to ${shortName(from)}`,
    rationale: `Going back (${subjectName}) is taken back.`,
    because,
    expects: { see: 'deployed', by: expects.by },
    wayBack: { kind: 'none', says: 'It is itself a way back.' },
  }),
};

const deploymentOf = (id: string, { deployments }: Standing): DeploymentFact | undefined =>
  deployments.find((d) => d.id === id);

/** The diagnosed deployment, if its release is what runs or comes. */
function badDeployment(diagnosis: Diagnosis, standing: Standing): DeploymentFact | NotApplicable {
  if (diagnosis.kind !== 'bad-deployment')
    return notApplicable('selection.empty', 'No deployment was diagnosed as bad.');
  const bad = deploymentOf(diagnosis.deployment, standing);
  if (bad === undefined) return notApplicable('world.changed', 'AWS does not list the bad deployment any more.');
  if (bad.status === 'rolled-back') return notApplicable('rollback.native', 'AWS has rolled it back already.');
  const running = runningDeployment(standing.deployments);
  const runs = isUnderWay(bad)
    ? standing.deployments[0]?.id === bad.id
    : running !== undefined && sameRelease(running, bad);
  return runs ? bad : notApplicable('world.changed', `${shortName(bad.taskDefinition)} is not what runs any more.`);
}

function returnedRelease(bad: DeploymentFact, { history }: ActCase): NotApplicable | undefined {
  const first = condemnedBefore(bad, history.condemned);
  if (first === undefined) return undefined;
  const what = sameRelease(first, bad) ? 'the release' : 'the images';
  const was = what === 'the release' ? 'was' : 'were';
  return notApplicable(
    'release.returned',
    `${shortName(bad.taskDefinition)} brings ${what} that ${was} found bad in incident ${first.incident} on ${date(first.at)}.`,
  );
}

function wayBackFrom(bad: DeploymentFact, given: ActCase, aid: Aid): Way | NotApplicable {
  if (isUnderWay(bad)) {
    const before = deploymentBefore(bad, given.standing.deployments);
    return before
      ? { way: 'stop-running', to: before, says: '' }
      : notApplicable('release.not-known-good', 'There was no successful deployment before it.');
  }
  if (aid.kind === 'native-rollback-only') return notApplicable('shape.unsupported', aid.says);
  const { ways, closed } = waysAwayFrom(bad, given);
  const [first] = ways;
  return first ? { way: 'update-service', to: first.to, says: routeInWords(first.route) } : noWayBack(bad, closed);
}

/** How many releases are named that are no way back. */
const mostNamed = 3;

/** Why there is none: a release that is gone is more telling than one that has not proven itself. */
function noWayBack(bad: DeploymentFact, closed: readonly NoWayBack[]): NotApplicable {
  const telling = closed.find(({ reason }) => reason !== 'release.not-known-good') ?? closed[0];
  if (telling === undefined)
    return notApplicable(
      'release.not-known-good',
      `Beside ${shortName(bad.taskDefinition)} AWS lists no release that was deployed successfully; it lists those of the last 90 days.`,
    );
  return notApplicable(
    telling.reason,
    [telling, ...closed.filter((each) => each !== telling)]
      .slice(0, mostNamed)
      .map(({ says }) => says)
      .join(' '),
  );
}

function proposal(
  bad: DeploymentFact,
  { way, to, says }: Way,
  diagnosis: Diagnosis,
  { settings }: ActCase,
): Proposal<'roll-back-deployment'> {
  const { cluster, service } = settings.resources;
  const [from, back] = [shortName(bad.taskDefinition), shortName(to.taskDefinition)];
  return {
    key: `roll-back-deployment|${bad.id}`,
    kind: 'roll-back-deployment',
    subject: {
      service: { cluster, service },
      deployment: bad.id,
      from: bad.taskDefinition,
      way,
      to: to.taskDefinition,
      good: to.id,
    },
    subjectName: `${from} back to ${back}`,
    rationale:
      way === 'stop-running'
        ? `The trouble came with ${from}, whose deployment still runs: AWS stops it and goes back to ${back}.`
        : `The trouble came with ${from}; ${back} is the newest release known to be good.${says}`,
    because: diagnosis.because,
    expects: deploymentHelps(settings),
    wayBack: {
      kind: 'if-worse',
      says: `${from} is deployed again if ${back} does not start, suffers alike or makes it worse, or when a person asks.`,
    },
  };
}

/** AWS accepts a stop only while the deployment runs (StopServiceDeployment). */
function recheckRunning(subject: Subject, standing: Standing): Recheck {
  const status = deploymentOf(subject.deployment, standing)?.status;
  if (status === 'pending' || status === 'in-progress') return { kind: 'go' };
  if (status === 'rolling-back' || status === 'rolled-back') return { kind: 'already-so' };
  return changed(
    status === 'successful' ? 'The deployment has finished meanwhile.' : 'The deployment does not run any more.',
  );
}

function recheckFinished(subject: Subject, standing: Standing): Recheck {
  const { deployments } = standing;
  const [newest] = deployments;
  if (newest === undefined) return changed('AWS lists no deployment of the service.');
  if (newest.status === 'rolling-back') return changed('AWS is rolling back by itself.', 'rollback.native');
  const [bad, good] = [deploymentOf(subject.deployment, standing), deploymentOf(subject.good, standing)];
  if (bad === undefined || good === undefined)
    return changed(`AWS does not list ${shortName(good === undefined ? subject.to : subject.from)} any more.`);
  const runs = isUnderWay(newest) ? newest : runningDeployment(deployments);
  if (runs !== undefined && sameRelease(runs, good)) return { kind: 'already-so' };
  if (isUnderWay(newest)) return changed(`A deployment of ${shortName(newest.taskDefinition)} is running.`);
  return runs !== undefined && sameRelease(runs, bad)
    ? { kind: 'go' }
    : changed(`${shortName(subject.from)} is not what runs any more.`);
}

const isNotApplicable = (value: DeploymentFact | Way | NotApplicable): value is NotApplicable =>
  'kind' in value && value.kind === 'not-applicable';
