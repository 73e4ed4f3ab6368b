import { CreateRepositoryCommand, DescribeImagesCommand, ECRClient, PutImageCommand } from '@aws-sdk/client-ecr';
import { type ECSClient, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import type { Account } from './account.ts';

/** A release: an image in ECR and the task definition that names it by its tag. */
export type FleetRelease = {
  readonly tag: string;
  readonly image: string;
  readonly taskDefinition: string;
};

/** Why a release must not be rolled back: said in a tag of its task definition, or in a label of its container. */
export type Marks = { readonly tag: string } | { readonly label: string };

const mark = 'paramedic.no-rollback';

/** The port the application listens on; the target groups themselves have another one, as CDK makes them. */
export const containerPort = 8080;

/** The image repository and the task definitions of one service. */
export class FleetReleases {
  readonly #ecs: ECSClient;
  readonly #ecr: ECRClient;
  readonly #registry: string;
  readonly #service: string;
  #pushed = 0;

  constructor(account: Account, ecs: ECSClient, service: string) {
    this.#ecs = ecs;
    this.#ecr = new ECRClient(account.client('fleet'));
    this.#registry = `${account.id}.dkr.ecr.${account.region}.amazonaws.com`;
    this.#service = service;
  }

  async open(): Promise<void> {
    await this.#ecr.send(new CreateRepositoryCommand({ repositoryName: this.#service }));
  }

  /** Pushes a new image under the tag, and registers a task definition that names it. */
  async build(tag: string, noRollback?: Marks): Promise<FleetRelease> {
    await this.push(tag);
    const image = `${this.#registry}/${this.#service}:${tag}`;
    const { taskDefinition } = await this.#ecs.send(
      new RegisterTaskDefinitionCommand({
        family: this.#service,
        networkMode: 'awsvpc',
        requiresCompatibilities: ['FARGATE'],
        cpu: '256',
        memory: '512',
        containerDefinitions: [
          {
            name: 'app',
            image,
            essential: true,
            memory: 512,
            portMappings: [{ containerPort }],
            ...(noRollback !== undefined && 'label' in noRollback
              ? { dockerLabels: { [mark]: noRollback.label } }
              : {}),
          },
        ],
        ...(noRollback !== undefined && 'tag' in noRollback ? { tags: [{ key: mark, value: noRollback.tag }] } : {}),
      }),
    );
    return { tag, image, taskDefinition: taskDefinition?.taskDefinitionArn ?? '' };
  }

  /** Pushes another image under a tag: whoever pulls it from now on gets that one. */
  async push(tag: string): Promise<void> {
    const digest = `sha256:${(++this.#pushed).toString(16).padStart(64, '0')}`;
    const manifest = {
      schemaVersion: 2,
      mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
      config: { mediaType: 'application/vnd.docker.container.image.v1+json', size: 1, digest },
      // moto digests the layers, where ECR digests the manifest.
      layers: [{ mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip', size: 1, digest }],
    };
    const image = { repositoryName: this.#service, imageTag: tag, imageManifest: JSON.stringify(manifest) };
    await this.#ecr.send(new PutImageCommand(image));
  }

  /** What the tag of an image means now; one that is named by its digest means that. */
  async digest(image: string): Promise<string> {
    const [, named] = image.split('@');
    if (named !== undefined) return named;
    const imageTag = image.slice(image.lastIndexOf(':') + 1);
    const { imageDetails } = await this.#ecr.send(
      new DescribeImagesCommand({ repositoryName: this.#service, imageIds: [{ imageTag }] }),
    );
    return imageDetails?.[0]?.imageDigest ?? '';
  }
}
