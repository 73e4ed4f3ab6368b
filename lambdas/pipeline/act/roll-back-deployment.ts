import { condemnedBefore, waysAwayFrom } from '../../contract/known-good.ts';
import { deploymentBefore, isUnderWay, runningDeployment } from '../../contract/releases.ts';
import { shortName } from '../../contract/short-name.ts';
import type { Diagnosis } from '../../model/diagnosis.ts';
import type { DeploymentFact, Standing } from '../../model/facts.ts';
import type { NotApplicable, Proposal, Recheck, Subjects } from '../../model/proposal.ts';
import type { ActCase, Action } from './action.ts';
import { changed } from './changed.ts';
import { deploymentHelps } from './deployment-check.ts';
import { notApplicable } from './not-applicable.ts';
import { type Aid, aidFor } from './shape.ts';
import { date } from './wording.ts';

type Subject = Subjects['roll-back-deployment'];
type Way = Pick<Subject, 'way' | 'to'>;

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

  apply: ({ subject }, change) =>
    subject.way === 'stop-running'
      ? change.stopServiceDeployment(subject.deployment)
      : change.updateService(subject.service, subject.to),

  confirm({ subject }, standing) {
    const recheck =
      subject.way === 'stop-running' ? recheckRunning(subject, standing) : recheckFinished(subject, standing);
    if (recheck.kind !== 'already-so') return undefined;
    const to = shortName(subject.to);
    return subject.way === 'stop-running' ? `AWS is rolling back to ${to}` : `the service is going back to ${to}`;
  },

  undo: ({ key, subject: { service, from, to }, subjectName, expects }, because) => ({
    key: key.replace('roll-back-deployment', 'roll-forward-deployment'),
    kind: 'roll-forward-deployment',
    subject: { service, from: to, to: from },
    subjectName: `${shortName(to)} forward to ${shortName(from)}`,
    rationale: `Going back (${subjectName}) is taken back.`,
    because,
    expects: { see: 'deployed', by: expects.by },
    wayBack: { kind: 'none', says: 'It is itself a way back.' },
  }),
};

/** The diagnosed deployment, if its release is what runs or comes. */
function badDeployment(diagnosis: Diagnosis, { deployments }: Standing): DeploymentFact | NotApplicable {
  if (diagnosis.kind !== 'bad-deployment')
    return notApplicable('selection.empty', 'No deployment was diagnosed as bad.');
  const bad = deployments.find((d) => d.id === diagnosis.deployment);
  if (bad === undefined) return notApplicable('world.changed', 'AWS does not list the bad deployment any more.');
  if (bad.status === 'rolled-back') return notApplicable('rollback.native', 'AWS has rolled it back already.');
  const runs = isUnderWay(bad)
    ? deployments[0]?.id === bad.id
    : runningDeployment(deployments)?.taskDefinition === bad.taskDefinition;
  return runs ? bad : notApplicable('world.changed', `${shortName(bad.taskDefinition)} is not what runs any more.`);
}

function returnedRelease(bad: DeploymentFact, { history }: ActCase): NotApplicable | undefined {
  const first = condemnedBefore(bad, history.condemned);
  return (
    first &&
    notApplicable(
      'release.returned',
      `${shortName(bad.taskDefinition)} brings the release that was found bad in incident ${first.incident} on ${date(first.at)}.`,
    )
  );
}

function wayBackFrom(bad: DeploymentFact, given: ActCase, aid: Aid): Way | NotApplicable {
  if (isUnderWay(bad)) {
    const before = deploymentBefore(bad, given.standing.deployments);
    return before
      ? { way: 'stop-running', to: before.taskDefinition }
      : notApplicable('release.not-known-good', 'There was no successful deployment before it.');
  }
  if (aid.kind === 'native-rollback-only') return notApplicable('shape.unsupported', aid.says);
  const [good] = waysAwayFrom(bad, given);
  return good
    ? { way: 'update-service', to: good.taskDefinition }
    : notApplicable(
        'release.not-known-good',
        `Before ${shortName(bad.taskDefinition)} no other release is known to be good.`,
      );
}

function proposal(
  bad: DeploymentFact,
  { way, to }: Way,
  diagnosis: Diagnosis,
  { settings }: ActCase,
): Proposal<'roll-back-deployment'> {
  const { cluster, service } = settings.resources;
  const [from, back] = [shortName(bad.taskDefinition), shortName(to)];
  return {
    key: `roll-back-deployment|${bad.id}`,
    kind: 'roll-back-deployment',
    subject: {
      service: { cluster, service },
      deployment: bad.id,
      from: bad.taskDefinition,
      digests: bad.digests,
      way,
      to,
    },
    subjectName: `${from} back to ${back}`,
    rationale:
      way === 'stop-running'
        ? `The trouble came with ${from}, whose deployment still runs: AWS stops it and goes back to ${back}.`
        : `The trouble came with ${from}; ${back} is the newest release known to be good.`,
    because: diagnosis.because,
    expects: deploymentHelps(settings),
    wayBack: { kind: 'if-worse', says: `${from} is deployed again if it gets worse, or when a person asks.` },
  };
}

/** AWS accepts a stop only while the deployment runs (StopServiceDeployment). */
function recheckRunning(subject: Subject, { deployments }: Standing): Recheck {
  const status = deployments.find((d) => d.id === subject.deployment)?.status;
  if (status === 'pending' || status === 'in-progress') return { kind: 'go' };
  if (status === 'rolling-back' || status === 'rolled-back') return { kind: 'already-so' };
  return changed(
    status === 'successful' ? 'The deployment has finished meanwhile.' : 'The deployment does not run any more.',
  );
}

function recheckFinished(subject: Subject, { deployments }: Standing): Recheck {
  const [newest] = deployments;
  if (newest === undefined) return changed('AWS lists no deployment of the service.');
  if (newest.status === 'rolling-back') return changed('AWS is rolling back by itself.', 'rollback.native');
  const runs = isUnderWay(newest) ? newest : runningDeployment(deployments);
  if (runs?.taskDefinition === subject.to) return { kind: 'already-so' };
  if (isUnderWay(newest)) return changed(`A deployment of ${shortName(newest.taskDefinition)} is running.`);
  return runs?.taskDefinition === subject.from
    ? { kind: 'go' }
    : changed(`${shortName(subject.from)} is not what runs any more.`);
}

const isNotApplicable = (value: DeploymentFact | Way | NotApplicable): value is NotApplicable =>
  'kind' in value && value.kind === 'not-applicable';
