import type { DeploymentFact, DeploymentStatus } from '../../lambdas/model/facts.ts';
import type { ServiceFacts } from '../../lambdas/ports/sight.ts';
import { ecsTask, service } from '../aws/ecs-answers.ts';
import type { WireAnswer, WireRequest } from '../aws/wire-server.ts';

/** What a description of a service says, and how its tasks are reached. */
export type Described = { readonly facts: ServiceFacts; readonly network: 'awsvpc' | 'bridge' };

/** The same service with more to ask about: its tasks are on EC2 instances, and its oldest deployment was rolled back. */
export function withMoreToAsk(facts: ServiceFacts): Described {
  const [newest] = facts.deployments;
  const rolledBackTo = newest?.taskDefinition ?? null;
  const deployments = facts.deployments.map((deployment, index, { length }) =>
    index > 0 && index === length - 1 ? { ...deployment, status: 'rolled-back' as const, rolledBackTo } : deployment,
  );
  return { facts: { ...facts, deployments }, network: 'bridge' };
}

const statuses: Readonly<Record<DeploymentStatus, string>> = {
  pending: 'PENDING',
  'in-progress': 'IN_PROGRESS',
  successful: 'SUCCESSFUL',
  stopped: 'STOPPED',
  'rolling-back': 'ROLLBACK_IN_PROGRESS',
  'rolled-back': 'ROLLBACK_SUCCESSFUL',
  failed: 'ROLLBACK_FAILED',
};

/** An ECS that says over the wire what the simulated account said: adapters ask further from what they are told. */
export function serviceAnswer(request: WireRequest, { facts, network }: Described): WireAnswer | undefined {
  const body = request.body as Readonly<Record<string, unknown>>;
  const arnsIn = (field: string) => body[field] as readonly string[];
  switch (request.operation) {
    case 'ecs.DescribeServices':
      return { json: { services: [service({ serviceName: arnsIn('services')[0], ...counts(facts) })] } };
    case 'ecs.ListTasks':
      return { json: { taskArns: listed(facts, body.desiredStatus === 'STOPPED') } };
    case 'ecs.DescribeTasks':
      return { json: { tasks: arnsIn('tasks').map((arn) => task(arn, facts, network)) } };
    case 'ecs.DescribeContainerInstances':
      return {
        json: {
          containerInstances: arnsIn('containerInstances').map((containerInstanceArn) => ({
            containerInstanceArn,
            ec2InstanceId: 'i-0123456789abcdef0',
          })),
        },
      };
    case 'ecs.ListServiceDeployments':
      return { json: { serviceDeployments: facts.deployments.map(brief) } };
    case 'ecs.DescribeServiceDeployments':
      return { json: { serviceDeployments: arnsIn('serviceDeploymentArns').map((arn) => rollback(arn, facts)) } };
    case 'ecs.DescribeServiceRevisions':
      return { json: { serviceRevisions: arnsIn('serviceRevisionArns').map((arn) => revision(arn, facts)) } };
    case 'ecs.DescribeTaskDefinition':
      return { json: { taskDefinition: { status: 'ACTIVE' } } };
    default:
      return undefined;
  }
}

const counts = ({ desired, running, pending }: ServiceFacts) => ({
  desiredCount: desired,
  runningCount: running,
  pendingCount: pending,
});

const listed = ({ tasks, stopped }: ServiceFacts, gone: boolean): readonly string[] =>
  (gone ? stopped : tasks).map((fact) => fact.task.task);

function task(arn: string, { stopped }: ServiceFacts, network: Described['network']): object {
  const gone = stopped.some((fact) => fact.task.task === arn)
    ? { lastStatus: 'STOPPED', desiredStatus: 'STOPPED', stoppedAt: 1767600060 }
    : {};
  const host = {
    attachments: [],
    containers: [{ name: 'app', networkBindings: [{ containerPort: 8080, hostPort: 32768 }] }],
    containerInstanceArn: arn.replace(':task/', ':container-instance/'),
  };
  return { ...ecsTask(arn), ...gone, ...(network === 'bridge' ? host : {}) };
}

const revisionArn = ({ id }: DeploymentFact): string => id.replace(':service-deployment/', ':service-revision/');

const brief = (deployment: DeploymentFact) => ({
  serviceDeploymentArn: deployment.id,
  targetServiceRevisionArn: revisionArn(deployment),
  status: statuses[deployment.status],
  createdAt: deployment.startedAt / 1000,
  startedAt: deployment.startedAt / 1000,
});

function rollback(serviceDeploymentArn: string, { deployments }: ServiceFacts): object {
  const from = deployments.find(({ id }) => id === serviceDeploymentArn);
  const to = deployments.find(({ taskDefinition }) => taskDefinition === from?.rolledBackTo);
  return { serviceDeploymentArn, ...(to === undefined ? {} : { rollback: { serviceRevisionArn: revisionArn(to) } }) };
}

function revision(serviceRevisionArn: string, { deployments }: ServiceFacts): object {
  const of = deployments.find((deployment) => revisionArn(deployment) === serviceRevisionArn);
  const containerImages = of?.images.map(({ image, digest }) => ({ image, imageDigest: digest })) ?? [];
  return { serviceRevisionArn, taskDefinition: of?.taskDefinition, containerImages };
}
