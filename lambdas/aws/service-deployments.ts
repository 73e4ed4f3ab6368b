import {
  type DeploymentLifecycleHookDetail,
  DescribeServiceDeploymentsCommand,
  type ECSClient,
  ListServiceDeploymentsCommand,
  type ServiceDeployment,
  type ServiceDeploymentBrief,
} from '@aws-sdk/client-ecs';
import type { ContainerImage } from '../contract/releases.ts';
import type { ServiceResources } from '../contract/settings.ts';
import type { DeploymentFact, DeploymentStatus } from '../model/facts.ts';
import { inBatches, instant, needed, translated } from './answers.ts';
import { type Revision, revisionReader } from './service-releases.ts';
import { type Definition, definitionsOf } from './task-definitions.ts';

const list = 'ListServiceDeployments';
const describe = 'DescribeServiceDeployments';

/** ECS keeps 90 days of deployments; the newest of them hold every release worth going back to. */
const mostDeployments = 50;
/** A hundred deployments to a page: far more than 90 days have. A bound, so that a loop in the answers ends. */
const mostPages = 20;
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServiceDeployments.html */
const describedAtOnce = 20;

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html */
const statuses: Readonly<Record<string, DeploymentStatus>> = {
  PENDING: 'pending',
  IN_PROGRESS: 'in-progress',
  SUCCESSFUL: 'successful',
  // Superseded: the deployment that took its place is the one in progress.
  STOP_REQUESTED: 'stopped',
  STOPPED: 'stopped',
  ROLLBACK_REQUESTED: 'rolling-back',
  ROLLBACK_IN_PROGRESS: 'rolling-back',
  ROLLBACK_SUCCESSFUL: 'rolled-back',
  ROLLBACK_FAILED: 'failed',
};

/** Reads the newest deployments of a service, newest first. */
export function deploymentReader(
  client: ECSClient,
): (resources: ServiceResources) => Promise<readonly DeploymentFact[]> {
  const revisionsOf = revisionReader(client);
  return async (resources) => {
    const briefs = await newest(client, resources);
    const described = await describeOpen(client, briefs);
    const backTo = (brief: ServiceDeploymentBrief) => described.get(idOf(brief))?.rollback?.serviceRevisionArn;
    const back = briefs.map(backTo).filter((arn) => arn !== undefined);
    const revisions = await revisionsOf([...briefs.map(revisionOf), ...back]);
    const release = (arn: string): Revision => needed(revisions.get(arn), 'DescribeServiceRevisions', arn);
    const successful = briefs
      .filter(({ status }) => status === 'SUCCESSFUL')
      .map((brief) => release(revisionOf(brief)));
    const [newestBrief] = briefs;
    const newestRelease = newestBrief && release(revisionOf(newestBrief));
    const definitionOf = await definitionsOf(client, newestRelease, successful);
    return briefs.map((brief): DeploymentFact => {
      const { taskDefinition, images } = release(revisionOf(brief));
      const wentBackTo = backTo(brief);
      const { images: named, ...definition } = definitionOf(taskDefinition);
      return {
        id: idOf(brief),
        status: translated(brief.status, statuses, list, 'status'),
        // A pending deployment has not started; it began to exist when it was asked for.
        startedAt: brief.startedAt?.getTime() ?? instant(brief.createdAt, list, 'createdAt'),
        finishedAt: brief.finishedAt?.getTime() ?? null,
        taskDefinition,
        ...definition,
        images: withoutDigest(images, named),
        waits: described.get(idOf(brief))?.lifecycleHookDetails?.some(isAwaited) ?? false,
        rolledBackTo: wentBackTo === undefined ? null : release(wentBackTo).taskDefinition,
      };
    });
  };
}

const idOf = (brief: ServiceDeploymentBrief): string =>
  needed(brief.serviceDeploymentArn, list, 'serviceDeploymentArn');
const revisionOf = (brief: ServiceDeploymentBrief): string =>
  needed(brief.targetServiceRevisionArn, list, 'targetServiceRevisionArn');

/** AWS documents no order of the list, so all of it is read before the newest are taken. */
async function newest(client: ECSClient, { cluster, service }: ServiceResources) {
  const found: ServiceDeploymentBrief[] = [];
  let nextToken: string | undefined;
  for (let page = 1; page <= mostPages; page++) {
    const request = { cluster, service, maxResults: 100, ...(nextToken === undefined ? {} : { nextToken }) };
    const answer = await client.send(new ListServiceDeploymentsCommand(request));
    found.push(...needed(answer.serviceDeployments, list, 'serviceDeployments'));
    nextToken = answer.nextToken;
    if (nextToken === undefined) break;
  }
  const createdAt = (brief: ServiceDeploymentBrief) => instant(brief.createdAt, list, 'createdAt');
  return found.sort((a, b) => createdAt(b) - createdAt(a)).slice(0, mostDeployments);
}

/** Containers of the task definition that the revision says nothing of: no digest is recorded for them. */
const withoutDigest = (images: readonly ContainerImage[], named: Definition['images']): readonly ContainerImage[] => [
  ...images,
  ...named
    .filter(({ container }) => images.every((each) => each.container !== container))
    .map((each) => ({ ...each, digest: null })),
];

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-lifecycle-hooks.html */
const isAwaited = ({ status }: DeploymentLifecycleHookDetail): boolean => status === 'AWAITING_ACTION';

/** Only deployments that roll back, and such as may wait at a hook, need the longer description. */
async function describeOpen(
  client: ECSClient,
  briefs: readonly ServiceDeploymentBrief[],
): Promise<ReadonlyMap<string, ServiceDeployment>> {
  const ids = briefs.filter(({ status }) => status?.startsWith('ROLLBACK_') || status === 'IN_PROGRESS').map(idOf);
  const answers = await Promise.all(
    inBatches(ids, describedAtOnce).map((serviceDeploymentArns) =>
      client.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns })),
    ),
  );
  const described = answers.flatMap(({ serviceDeployments }) =>
    needed(serviceDeployments, describe, 'serviceDeployments'),
  );
  return new Map(
    described.map((each) => [needed(each.serviceDeploymentArn, describe, 'serviceDeploymentArn'), each] as const),
  );
}
