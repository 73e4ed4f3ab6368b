import type { Instant } from '../../../lambdas/contract/time.ts';
import type { Random } from '../random.ts';
import { type Names, repository, taskDefinitionArn } from './account.ts';
import { AwsError } from './aws-error.ts';
import type { AccountTraits, RevisionSpec } from './service-spec.ts';

/** The tag of a task definition that says why its release must not be rolled back. */
const noRollbackTag = 'paramedic.no-rollback';
/** For so long after it was deregistered a task definition may still be deployed, in ms (see `deregister`). */
const longestGrace = 600_000;

/** A release, as a task definition of the service's family holds it. A copy of one holds the same release. */
export type Release = {
  /** What scenarios call it: its configuration. A copy has its original's. */
  readonly revision: string;
  readonly taskDefinition: string;
  /** The image as the task definition names it: by a tag, which may move, or by its digest. */
  readonly image: string;
  /** What was built for it. */
  readonly digest: string;
  /** Why it must not be rolled back, as its task definition is marked. */
  readonly noRollback: string | null;
  /** Of the task definition, the mark among them. */
  readonly tags: Readonly<Record<string, string>>;
};

/** A task definition as RegisterTaskDefinition takes it. Its one container is named like the family. */
export type NewTaskDefinition = {
  readonly family: string;
  readonly containers: readonly { readonly name: string; readonly image: string }[];
  /** All else that it says, such as environment and size, as one value: whoever registers a copy gives it back as it got it. */
  readonly configuration: string;
  readonly tags: Readonly<Record<string, string>>;
};

/** A task definition as DescribeTaskDefinition gives it. */
export type TaskDefinition = NewTaskDefinition & { readonly arn: string; readonly status: 'ACTIVE' | 'INACTIVE' };

/** What is deployed: a revision, and perhaps why it must not be rolled back. */
export type ReleaseSpec = Pick<RevisionSpec, 'id' | 'pinned'> & {
  readonly noRollback?: string | undefined;
  /** Its image is that of the release before it: only its configuration is new. */
  readonly sameImages?: boolean;
};

/** The releases of one service: its family of task definitions, and the repository with their images. */
export class Releases {
  readonly #names: Names;
  readonly #random: Random;
  readonly #account: AccountTraits;
  /** Every task definition, oldest first. */
  readonly #registered: Release[] = [];
  /** Those that the deployment tool registered: it knows no others. */
  readonly #ofTool: Release[] = [];
  /** Task definition → until when it can be deployed all the same. */
  readonly #inactive = new Map<string, Instant>();
  /** Tagged image → digest. */
  readonly #tags = new Map<string, string>();
  /** Digests of all images that were ever pushed. */
  readonly #pushed = new Set<string>();
  /** The one that the deployment tool brought in last. */
  #newest: Release | undefined;
  #lastNumber = 0;

  constructor(names: Names, random: Random, account: AccountTraits) {
    this.#names = names;
    this.#random = random;
    this.#account = account;
  }

  /** The release of that revision, built if it is a new one. */
  of(spec: ReleaseSpec): Release {
    return this.#ofTool.findLast(({ revision }) => revision === spec.id) ?? this.#build(spec);
  }

  /** The release of that revision as the deployment tool brings it in: of a known one it uses the task definition again, unless that is deregistered. */
  broughtIn(spec: ReleaseSpec): Release {
    const known = this.of(spec);
    const release = this.isActive(known.taskDefinition) ? known : this.#keep(this.#ofTool, this.#register(known));
    this.#newest = release;
    return release;
  }

  /** The deployment tool's new release is stable: it deregisters the task definition of the one before, if that is its way. */
  isStable(release: Release, now: Instant): void {
    if (this.#account.deployedBy === 'scripts') return;
    for (const other of this.#ofTool) if (other !== release) this.deregister(other.taskDefinition, now);
  }

  /**
   * DeregisterTaskDefinition. For up to ten minutes it may have no effect on deployments yet
   * (https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeregisterTaskDefinition.html).
   */
  deregister(arn: string, now: Instant): void {
    if (!this.isActive(arn)) return;
    const grace = this.#random.fork(`deregistered ${arn}`).between(0, longestGrace);
    this.#inactive.set(arn, now + Math.round(grace));
  }

  isActive(arn: string): boolean {
    return !this.#inactive.has(arn);
  }

  /** Does DescribeTaskDefinition answer for it? */
  isDescribed(arn: string): boolean {
    return this.isActive(arn) || this.#account.described;
  }

  /** DescribeTaskDefinition. Rejects for one that is not there any more. */
  describe(arn: string): TaskDefinition {
    const release = this.#byTaskDefinition(arn);
    if (release === undefined || !this.isDescribed(arn))
      throw new AwsError('ClientException', 'Unable to describe task definition.');
    const { service: family } = this.#names;
    return {
      arn,
      status: this.isActive(arn) ? 'ACTIVE' : 'INACTIVE',
      family,
      containers: [{ name: family, image: release.image }],
      configuration: release.revision,
      tags: release.tags,
    };
  }

  /** Those that can be deployed, newest first. */
  get active(): readonly TaskDefinition[] {
    const active = this.#registered.filter(({ taskDefinition }) => this.isActive(taskDefinition));
    return active.map(({ taskDefinition }) => this.describe(taskDefinition)).toReversed();
  }

  /** RegisterTaskDefinition: the next revision of the family. What has the configuration of a release is that release. */
  register({ family, containers, configuration, tags }: NewTaskDefinition): TaskDefinition {
    const [container, ...more] = containers;
    if (family !== this.#names.service || container?.name !== family || more.length > 0)
      throw new AwsError('ClientException', `Only ${this.#names.service} with its one container is known here.`);
    const digest = this.resolve(container.image) ?? this.#digestOf(container.image);
    const { taskDefinition } = this.#register({ revision: configuration, image: container.image, digest, tags });
    return this.describe(taskDefinition);
  }

  /** What scenarios call the release of that task definition. */
  revisionOf(arn: string): string | undefined {
    return this.#byTaskDefinition(arn)?.revision;
  }

  /** The release to deploy. Rejects a task definition that is not there, or is deregistered for too long. */
  deployable(arn: string, now: Instant): Release {
    const release = this.#byTaskDefinition(arn);
    if (release === undefined) throw new AwsError('ClientException', `TaskDefinition ${arn} is not found.`);
    if (now >= (this.#inactive.get(arn) ?? Number.POSITIVE_INFINITY))
      throw new AwsError('ClientException', 'TaskDefinition is inactive');
    return release;
  }

  /** The digest an image reference means now; null when the registry does not know it. */
  resolve(image: string): string | null {
    const [, digest] = image.split('@');
    if (digest !== undefined) return digest;
    const tagged = this.#tags.get(image);
    return tagged === undefined || this.isGone(tagged) ? null : tagged;
  }

  /** The same for whoever asks the account's own registry, DescribeImages. */
  lookUp(image: string): string | null {
    return this.#account.images === 'elsewhere' && !image.includes('@') ? null : this.resolve(image);
  }

  /** Does the account's own registry say of an image, by its digest, that it has it no more? */
  isKnownGone(image: string): boolean {
    const [place, digest] = image.split('@');
    if (this.#account.images === 'elsewhere' || digest === undefined) return false;
    return place === repository(this.#names, false) && this.isGone(digest);
  }

  /** Can the image not be pulled: was it never pushed, or has it expired? */
  isGone(digest: string): boolean {
    const newest = this.#newest;
    if (!this.#pushed.has(digest)) return true;
    if (this.#account.images !== 'expired' || newest === undefined) return false;
    return digest !== newest.digest && digest !== this.#tags.get(newest.image);
  }

  /** Pushes another image under the tag of a release. */
  moveTag(release: Release, digest: string): void {
    this.#push(release.image, digest);
  }

  #byTaskDefinition(arn: string): Release | undefined {
    return this.#registered.find(({ taskDefinition }) => taskDefinition === arn);
  }

  #build({ id, pinned, noRollback, sameImages }: ReleaseSpec): Release {
    const like = sameImages ? this.#newest : undefined;
    const digest = (like && this.resolve(like.image)) ?? this.#digestOf(id);
    const place = repository(this.#names, this.#account.images === 'elsewhere');
    const tagged = like?.image ?? `${place}:${id}`;
    if (like === undefined) this.#push(tagged, digest);
    const image = pinned ? `${place}@${digest}` : tagged;
    const tags = noRollback === undefined ? {} : { [noRollbackTag]: noRollback };
    return this.#keep(this.#ofTool, this.#register({ revision: id, image, digest, tags }));
  }

  #register(made: Pick<Release, 'revision' | 'image' | 'digest' | 'tags'>): Release {
    const taskDefinition = taskDefinitionArn(this.#names, this.#numberFor(made.revision));
    const { revision, image, digest, tags } = made;
    const noRollback = tags[noRollbackTag] ?? null;
    return this.#keep(this.#registered, { revision, taskDefinition, image, digest, noRollback, tags });
  }

  #keep(among: Release[], release: Release): Release {
    among.push(release);
    return release;
  }

  #push(tagged: string, digest: string): void {
    this.#tags.set(tagged, digest);
    this.#pushed.add(digest);
  }

  #digestOf(built: string): string {
    return `sha256:${this.#random.fork(`image ${built}`).hex(64)}`;
  }

  /** A task definition is numbered as its revision is called where that is a new number, else on from the last one. */
  #numberFor(revision: string): number {
    const asked = /^[1-9]\d{0,8}$/.test(revision) ? Number(revision) : 0;
    this.#lastNumber = asked > this.#lastNumber ? asked : this.#lastNumber + 1;
    return this.#lastNumber;
  }
}
