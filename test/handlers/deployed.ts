import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { FunctionName } from '../../lambdas/contract/names.ts';
import type { ServiceSettings } from '../../lambdas/contract/settings.ts';

export type Deployed = FunctionName | 'workflow-ended';
export type DeployedFunction = { readonly bundle: string; readonly environment: Readonly<Record<string, string>> };

type Template = {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: Properties }>>;
};
type Statement = { readonly Effect: string; readonly Action: string | readonly string[] };
type Policy = { readonly PolicyDocument: { readonly Statement: readonly Statement[] } };
type Properties = Partial<Policy> & {
  readonly Role?: { readonly 'Fn::GetAtt': readonly [string, string] };
  readonly Policies?: readonly Policy[];
  readonly Roles?: readonly { readonly Ref: string }[];
  readonly Code?: { readonly S3Key: string };
  readonly Environment?: { readonly Variables: Readonly<Record<string, unknown>> };
  readonly Name?: string;
  readonly Value?: string;
};

const root = resolve(import.meta.dirname, '../..');

/** What `cdk synth` would deploy: the bundles, their environments, and the published configuration. */
export class Deployment {
  readonly #folder = mkdtempSync(join(tmpdir(), 'paramedic-functions-'));

  /** Synthesizes the stacks of test/handlers/recovery.yaml. */
  async synthesize(): Promise<void> {
    const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as { context: object };
    const config = join(import.meta.dirname, 'recovery.yaml');
    const env = {
      ...process.env,
      CDK_OUTDIR: this.#folder,
      CDK_VALIDATION: 'false',
      CDK_CONTEXT_JSON: JSON.stringify({ ...context, config }),
    };
    await new Promise<void>((done, fail) => {
      execFile(process.execPath, ['--import', 'tsx', 'bin/app.ts'], { cwd: root, env }, (error, _, stderr) => {
        if (error) fail(new Error(stderr));
        else done();
      });
    });
  }

  /** A function as its stack has it. What CloudFormation would fill in is a stand-in with the resource's own name. */
  function(name: Deployed): DeployedFunction {
    const { Code, Environment } = this.#properties(name);
    const variables = Object.entries(Environment?.Variables ?? {});
    return {
      bundle: join(this.#folder, `asset.${Code?.S3Key.replace('.zip', '')}`, 'index.mjs'),
      environment: Object.fromEntries(variables.map(([key, value]) => [key, filledIn(value)])),
    };
  }

  /** The IAM actions that some statement of the function's role allows. */
  granted(name: Deployed): ReadonlySet<string> {
    const [role] = this.#properties(name).Role?.['Fn::GetAtt'] ?? [];
    const documents = this.#resources('paramedic-prod').flatMap(([key, { Properties }]) => [
      ...(key === role ? (Properties.Policies ?? []) : []).map(({ PolicyDocument }) => PolicyDocument),
      ...(Properties.Roles?.some(({ Ref }) => Ref === role) && Properties.PolicyDocument
        ? [Properties.PolicyDocument]
        : []),
    ]);
    const allowed = documents.flatMap(({ Statement }) => Statement).filter(({ Effect }) => Effect === 'Allow');
    return new Set(allowed.flatMap(({ Action }) => Action));
  }

  settings(service: string): ServiceSettings {
    const resources = this.#resources(`paramedic-prod-service-${service}`);
    const [, found] = resources.find(([, { Type }]) => Type === 'AWS::SSM::Parameter') ?? [];
    return JSON.parse(found?.Properties.Value ?? 'null') as ServiceSettings;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #properties(name: Deployed): Properties {
    const id = new RegExp(`(Actions|Recover|OnSignal|WorkflowEnded)${name.replaceAll('-', '')}Function`);
    const isIt = ([key, { Type }]: readonly [string, { readonly Type: string }]) =>
      Type === 'AWS::Lambda::Function' && id.test(key);
    const [, found] = this.#resources('paramedic-prod').find(isIt) ?? [];
    if (found === undefined) throw new Error(`The template has no function ${name}.`);
    return found.Properties;
  }

  #resources(stack: string) {
    const template = JSON.parse(readFileSync(join(this.#folder, `${stack}.template.json`), 'utf8')) as Template;
    return Object.entries(template.Resources);
  }
}

function filledIn(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) throw new Error(`Not a value of an environment: ${String(value)}`);
  if ('Ref' in value) return `arn:of:${String(value.Ref)}`;
  if ('Fn::Join' in value) {
    const [separator, parts] = value['Fn::Join'] as [string, unknown[]];
    return parts.map(filledIn).join(separator);
  }
  throw new Error(`Not a value of an environment: ${JSON.stringify(value)}`);
}
