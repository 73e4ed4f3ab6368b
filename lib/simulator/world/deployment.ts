import type { Instant } from '../../../lambdas/contract/time.ts';
import type { Release } from './releases.ts';

export type DeploymentStatus =
  | 'pending'
  | 'in-progress'
  | 'successful'
  | 'stopped'
  | 'rolling-back'
  | 'rolled-back'
  | 'failed';

/** One service deployment and the release it brings in. */
export class Deployment {
  readonly id: string;
  readonly release: Release;
  /** What its tasks run: what the release's image meant when it began. */
  readonly digest: string;
  /** What ECS recorded of that; null where it found no such image. */
  readonly recorded: string | null;
  readonly startedAt: Instant;
  /** The deployment tool brought it in, not somebody through ECS's own APIs. */
  readonly byTool: boolean;
  /** How long its tasks take from start to first healthy check, in ms. */
  readonly startup: number;
  status: DeploymentStatus = 'pending';
  finishedAt: Instant | null = null;
  rolledBackTo: Release | null = null;

  constructor(made: Pick<Deployment, 'id' | 'release' | 'recorded' | 'byTool' | 'startedAt' | 'startup'>) {
    this.id = made.id;
    this.release = made.release;
    this.digest = made.recorded ?? made.release.digest;
    this.recorded = made.recorded;
    this.byTool = made.byTool;
    this.startedAt = made.startedAt;
    this.startup = made.startup;
  }

  finish(status: 'successful' | 'stopped' | 'rolled-back' | 'failed', at: Instant): void {
    this.status = status;
    this.finishedAt = at;
  }
}
