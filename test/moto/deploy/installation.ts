import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { FunctionName } from '../../../lambdas/contract/names.ts';
import type { Account } from '../harness/account.ts';
import { askJson } from './ask.ts';
import { cdk } from './cdk.ts';
import { CloudFormation } from './cloudformation.ts';
import type { DeployedStack } from './deployed-stack.ts';
import { synthesize } from './synthesize.ts';
import type { Resource, Template } from './template.ts';
import { unpack } from './unpack.ts';

/** The functions of a pipeline. */
export type Deployed = FunctionName | 'workflow-ended' | 'stop' | 'operate';

export type DeployedFunction = {
  /** The name CloudFormation gave it. */
  readonly functionName: string;
  /** `index.mjs`, unpacked from the archive that was deployed. */
  readonly bundle: string;
  /** The variables that GetFunctionConfiguration answers. */
  readonly environment: Readonly<Record<string, string>>;
  readonly arn: string;
  /** ARN of the version deployed with the pipeline; for those of rules and of the API, which have none, `arn`. */
  readonly versionArn: string;
};

export type DeployedRule = { readonly name: string; readonly eventPattern: string };

const functionNames: readonly Deployed[] = [
  'on-signal',
  'recover',
  'workflow-ended',
  'sweep',
  'stop',
  'operate',
  'deregister-target',
  'register-target',
  'replace-task',
  'restart-service',
  'roll-back-deployment',
  'roll-forward-deployment',
];

/**
 * The stacks of one recovery.yaml, deployed into an account by the CDK command line. The account in the file must be
 * `account.id`, its Region `account.region`.
 */
export class Installation {
  readonly #account: Account;
  readonly #cloudFormation: CloudFormation;
  readonly #folder = mkdtempSync(join(tmpdir(), 'paramedic-installation-'));
  #synthesized = 0;
  #functions: ReadonlyMap<Deployed, DeployedFunction> = new Map();
  #physicalIds: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map();
  #rules: readonly DeployedRule[] = [];

  private constructor(account: Account) {
    this.#account = account;
    this.#cloudFormation = new CloudFormation(account);
    account.fill(this.#cloudFormation.gap);
  }

  /** Bootstraps the account, publishes the assets, creates the stacks. */
  static async deploy(account: Account, recoveryYaml: string): Promise<Installation> {
    const installation = new Installation(account);
    try {
      await cdk(account, installation.#folder, ['bootstrap', `aws://${account.id}/${account.region}`]);
      await installation.redeploy(recoveryYaml);
      return installation;
    } catch (error) {
      installation.remove();
      throw error;
    }
  }

  /** Synthesizes and deploys again, with this file. */
  async redeploy(recoveryYaml: string): Promise<void> {
    this.#synthesized++;
    await synthesize(recoveryYaml, this.assembly);
    await this.deployAssembly();
  }

  /** Deploys what is in `assembly`. */
  async deployAssembly(): Promise<void> {
    await cdk(this.#account, this.#folder, [
      'deploy',
      '--app',
      this.assembly,
      '--all',
      '--require-approval',
      'never',
      // Nobody watches: events need not be asked for.
      '--progress',
      'events',
    ]);
    await this.#look();
  }

  /** Deletes the stacks, or these. */
  async destroy(stacks: readonly string[] = ['--all']): Promise<void> {
    await cdk(this.#account, this.#folder, ['destroy', '--app', this.assembly, ...stacks, '--force']);
  }

  /** Where the templates and assets are that were deployed last. */
  get assembly(): string {
    return join(this.#folder, `assembly-${this.#synthesized}`);
  }

  function(name: Deployed): DeployedFunction {
    const found = this.#functions.get(name);
    if (found === undefined) throw new Error(`There is no function ${name}.`);
    return found;
  }

  /** Every rule, as ListRules answers. */
  get rules(): readonly DeployedRule[] {
    return this.#rules;
  }

  /** The rule by the rest of its name, after the pipeline's: `pipeline.alarms`. */
  rule(name: string): DeployedRule {
    const found = this.rules.find((rule) => rule.name.endsWith(`.${name}`));
    if (found === undefined) throw new Error(`There is no rule ${name}.`);
    return found;
  }

  get tableName(): string {
    return this.#ofType('AWS::DynamoDB::Table')[0]?.physicalId ?? '';
  }

  /** Owner → ARN of its topic; `_self` is the topic of Paramedic itself. */
  get topics(): Readonly<Record<string, string>> {
    const [pipeline = ''] = this.stacks;
    return Object.fromEntries(
      this.#ofType('AWS::SNS::Topic').map(({ physicalId }) => {
        const name = physicalId.slice(physicalId.lastIndexOf(':') + 1);
        return [name.slice(pipeline.length).replace(/^-/, ''), physicalId];
      }),
    );
  }

  /** `paramedic-<pipeline>`, `paramedic-<pipeline>-service-<id>` … in the order of deployment. */
  get stacks(): readonly string[] {
    return [...this.#cloudFormation.stacks.keys()];
  }

  /** As synthesized. */
  template(stack: string): Template {
    const path = join(this.assembly, `${stack}.template.json`);
    return JSON.parse(readFileSync(path, 'utf8')) as Template;
  }

  physicalId(stack: string, logicalId: string): string {
    const found = this.#physicalIds.get(stack)?.get(logicalId);
    if (found === undefined) throw new Error(`${stack} has no resource ${logicalId}.`);
    return found;
  }

  /** Removes what is kept of it on this machine. */
  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** A stack as it is deployed. */
  stack(name: string): DeployedStack {
    const found = this.#cloudFormation.stacks.get(name);
    if (found === undefined) throw new Error(`There is no stack ${name}.`);
    return found;
  }

  /** Reads what there is now. */
  async #look(): Promise<void> {
    const stacks = [...this.#cloudFormation.stacks];
    this.#physicalIds = new Map(
      await Promise.all(stacks.map(async ([name, stack]) => [name, await stack.resources()] as const)),
    );
    const { Rules } = await askJson<{ readonly Rules: readonly Readonly<Record<string, string>>[] }>(
      this.#account,
      'test',
      'events',
      'AWSEvents.ListRules',
      {},
    );
    // A rule with a schedule waits for no event.
    this.#rules = Rules.flatMap(({ Name = '', EventPattern = '' }) =>
      EventPattern === '' ? [] : [{ name: Name, eventPattern: EventPattern }],
    );
    this.#functions = new Map(
      await Promise.all(functionNames.map(async (name) => [name, await this.#deployed(name)] as const)),
    );
  }

  async #deployed(name: Deployed): Promise<DeployedFunction> {
    const id = new RegExp(
      `(Actions|Recover|OnSignal|WorkflowEnded|Operate|Sweep)${name.replaceAll('-', '')}Function[0-9A-F]{8}$`,
    );
    const found = this.#ofType('AWS::Lambda::Function').find(({ logicalId }) => id.test(logicalId));
    const functionName = found?.physicalId ?? '';
    const version = this.#ofType('AWS::Lambda::Version').find(({ physicalId }) =>
      physicalId.includes(`:${functionName}:`),
    );
    const configuration = await new LambdaClient(this.#account.client()).send(
      new GetFunctionConfigurationCommand({ FunctionName: functionName }),
    );
    const folder = join(this.assembly, 'deployed', name);
    mkdirSync(folder, { recursive: true });
    await unpack(this.#account, functionName, folder);
    const arn = this.#account.arn('lambda', `function:${functionName}`);
    return {
      functionName,
      bundle: join(folder, 'index.mjs'),
      environment: configuration.Environment?.Variables ?? {},
      arn,
      versionArn: version?.physicalId ?? arn,
    };
  }

  #ofType(type: string) {
    return this.stacks.flatMap((stack) => {
      const resources: readonly [string, Resource][] = Object.entries(this.template(stack).Resources);
      return resources
        .filter(([, { Type }]) => Type === type)
        .map(([logicalId]) => ({
          logicalId,
          physicalId: this.physicalId(stack, logicalId),
        }));
    });
  }
}
