import type { Instant } from '../../../lambdas/contract/time.ts';
import type { Deployment } from './deployment.ts';
import { InFlight, TaskLines } from './task-lines.ts';

/** Why ECS says a task stopped (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html). */
export type StopCode = 'TaskFailedToStart' | 'EssentialContainerExited' | 'UserInitiated' | 'ServiceSchedulerInitiated';

/** Share of its memory a fresh task uses, in percent. */
export const freshMemory = 40;

/** One task: a container behind a network interface of its own. */
export class Task {
  readonly id: string;
  readonly arn: string;
  readonly zone: string;
  /** Its network interface's private address. */
  readonly address: string;
  /** The deployment that brought it in, whose release it runs. */
  readonly deployment: Deployment;
  /** The image it really runs. */
  readonly digest: string;
  readonly createdAt: Instant;
  readonly lines = new TaskLines();
  /** Requests that take longer than the second in which they came. Seconds count from the start of the run. */
  readonly inFlight = new InFlight();
  status: 'starting' | 'running' | 'stopping' | 'stopped' = 'starting';
  startedAt: Instant | null = null;
  stoppedAt: Instant | null = null;
  stopped: { code: StopCode; reason: string } | null = null;
  /** When ECS registered a target of it again that somebody had taken out; for the judge. */
  readonly cameBack: Instant[] = [];
  /** The application listens. Otherwise connections are refused. */
  answers = false;
  /** It has listened at least once: its start did not fail. */
  everAnswered = false;
  /** It answers, but fails its health check. */
  failsHealthCheck = false;
  /** Percent of its memory in use. */
  memory: number = freshMemory;

  constructor(made: {
    id: string;
    arn: string;
    zone: string;
    address: string;
    deployment: Deployment;
    digest: string;
    createdAt: Instant;
  }) {
    this.id = made.id;
    this.arn = made.arn;
    this.zone = made.zone;
    this.address = made.address;
    this.deployment = made.deployment;
    this.digest = made.digest;
    this.createdAt = made.createdAt;
  }

  /** It is meant to go on running. */
  get live(): boolean {
    return this.status === 'starting' || this.status === 'running';
  }

  get healthy(): boolean {
    return this.status === 'running' && this.answers && !this.failsHealthCheck;
  }
}

/**
 * In ECS's words, as its users report them: it pulls what it recorded for the deployment
 * (https://github.com/aws/containers-roadmap/issues/2687).
 */
export function cannotPull({ deployment, digest }: Task): string {
  const { image } = deployment.release;
  const reference = deployment.recorded === null || image.includes('@') ? image : `${image}@${digest}`;
  return `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${reference}: not found`;
}
