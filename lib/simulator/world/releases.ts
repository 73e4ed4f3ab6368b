import type { Random } from '../random.ts';
import { type Names, repository, taskDefinitionArn } from './account.ts';
import type { RevisionSpec } from './service-spec.ts';

/** A release: one task definition with one container image. */
export type Release = {
  readonly revision: string;
  readonly taskDefinition: string;
  /** The image as the task definition names it: by a tag, which may move, or by its digest. */
  readonly image: string;
  /** What was built for it. */
  readonly digest: string;
  /** Why it must not be rolled back, as its task definition is marked. */
  readonly noRollback: string | null;
};

/** What is deployed: a revision, and perhaps why it must not be rolled back. */
export type ReleaseSpec = Pick<RevisionSpec, 'id' | 'pinned'> & { readonly noRollback?: string | undefined };

/** The releases of one service, and the repository with their images. Bringing in a known revision again makes nothing new. */
export class Releases {
  readonly #names: Names;
  readonly #random: Random;
  readonly #byRevision = new Map<string, Release>();
  /** Tagged image → digest. */
  readonly #tags = new Map<string, string>();
  #lastNumber = 0;

  constructor(names: Names, random: Random) {
    this.#names = names;
    this.#random = random;
  }

  of({ id, pinned, noRollback }: ReleaseSpec): Release {
    const known = this.#byRevision.get(id);
    if (known !== undefined) return known;
    const digest = `sha256:${this.#random.fork(`image ${id}`).hex(64)}`;
    const tagged = `${repository(this.#names)}:${id}`;
    const release: Release = {
      revision: id,
      taskDefinition: taskDefinitionArn(this.#names, this.#numberFor(id)),
      image: pinned ? `${repository(this.#names)}@${digest}` : tagged,
      digest,
      noRollback: noRollback ?? null,
    };
    this.#byRevision.set(id, release);
    this.#tags.set(tagged, digest);
    return release;
  }

  byTaskDefinition(arn: string): Release | undefined {
    return [...this.#byRevision.values()].find((release) => release.taskDefinition === arn);
  }

  /** The digest an image reference means now; null when the repository does not know it. */
  resolve(image: string): string | null {
    const [, digest] = image.split('@');
    return digest ?? this.#tags.get(image) ?? null;
  }

  /** Pushes another image under the tag of a release. */
  moveTag(release: Release, digest: string): void {
    this.#tags.set(release.image, digest);
  }

  /** A task definition is numbered as its revision is called where that is a new number, else on from the last one. */
  #numberFor(revision: string): number {
    const asked = /^[1-9]\d{0,8}$/.test(revision) ? Number(revision) : 0;
    this.#lastNumber = asked > this.#lastNumber ? asked : this.#lastNumber + 1;
    return this.#lastNumber;
  }
}
