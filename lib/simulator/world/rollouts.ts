import type { Instant } from '../../../lambdas/contract/time.ts';
import type { Random } from '../random.ts';
import { deploymentArn, type Names } from './account.ts';
import { AwsError } from './aws-error.ts';
import { Deployment } from './deployment.ts';
import type { Release, Releases } from './releases.ts';

/** The service deployments of a service, and which of them its tasks should be of. */
export class Rollouts {
  readonly #names: Names;
  readonly #releases: Releases;
  readonly #random: Random;
  #all: Deployment[] = [];
  #wanted: Deployment | undefined;
  #running: Deployment | undefined;

  constructor(names: Names, releases: Releases, random: Random) {
    this.#names = names;
    this.#releases = releases;
    this.#random = random;
  }

  /** Newest first. */
  get all(): readonly Deployment[] {
    return this.#all;
  }

  /** Those that began since then, and what is under way. */
  since(instant: Instant): readonly Deployment[] {
    return this.#all.filter((one) => one.startedAt >= instant || one === this.#running);
  }

  find(id: string): Deployment | undefined {
    return this.#all.find((one) => one.id === id);
  }

  /** The deployment whose tasks should run: while one is rolled back, the one before it. */
  get wanted(): Deployment {
    if (this.#wanted === undefined) throw new Error('The service was never deployed.');
    return this.#wanted;
  }

  /** The one that is not finished; undefined in a steady state. */
  get running(): Deployment | undefined {
    return this.#running;
  }

  /** One of the past, finished, that the deployment tool brought in. */
  adopt(release: Release, startedAt: Instant, finishedAt: Instant, startup: number): Deployment {
    const deployment = this.#make(release, startedAt, startup, true);
    deployment.finish('successful', finishedAt);
    this.#releases.isStable(release, finishedAt);
    this.#wanted = deployment;
    return deployment;
  }

  /** Begins one; whatever is running is superseded. */
  begin(release: Release, now: Instant, startup: number, byTool: boolean): Deployment {
    this.#running?.finish('stopped', now);
    const deployment = this.#make(release, now, startup, byTool);
    this.#wanted = deployment;
    this.#running = deployment;
    return deployment;
  }

  /**
   * StopServiceDeployment with stopType ROLLBACK. Rejected once the deployment has finished
   * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stop-service-deployment.html).
   */
  rollBack(id: string): void {
    const deployment = this.find(id);
    if (deployment === undefined) {
      throw new AwsError('ServiceDeploymentNotFoundException', `There is no service deployment ${id}.`);
    }
    if (deployment !== this.#running) {
      throw new AwsError(
        'ConflictException',
        `The service deployment ${id} is ${deployment.status} and cannot be stopped.`,
      );
    }
    if (deployment.status === 'rolling-back') return;
    const before = this.#all.find((one) => one.status === 'successful');
    if (before === undefined) {
      throw new AwsError('ConflictException', 'The service has no completed deployment to go back to.');
    }
    deployment.status = 'rolling-back';
    deployment.rolledBackTo = before.release;
    this.#wanted = before;
  }

  /** The tasks are as they should be. */
  complete(now: Instant): void {
    const done = this.#running;
    this.#running = undefined;
    done?.finish(done.status === 'rolling-back' ? 'rolled-back' : 'successful', now);
    if (done?.status === 'successful' && done.byTool) this.#releases.isStable(done.release, now);
  }

  #make(release: Release, startedAt: Instant, startup: number, byTool: boolean): Deployment {
    const deployment = new Deployment({
      id: deploymentArn(this.#names, this.#random.hex(21)),
      release,
      recorded: this.#releases.resolve(release.image),
      byTool,
      startedAt,
      startup,
    });
    this.#all = [deployment, ...this.#all];
    return deployment;
  }
}
