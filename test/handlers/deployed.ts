import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { FunctionName } from '../../lambdas/contract/names.ts';
import type { ServiceSettings } from '../../lambdas/contract/settings.ts';
import { Intrinsics, idOf, type Place } from '../privilege/roles.ts';
import { ofType, type Template } from '../stacks/synthesized.ts';

export type Deployed = FunctionName | 'workflow-ended' | 'stop' | 'operate';
export type DeployedFunction = { readonly bundle: string; readonly environment: Readonly<Record<string, string>> };

type Properties = {
  readonly Code?: { readonly S3Key: string };
  readonly Environment?: { readonly Variables: Readonly<Record<string, unknown>> };
  readonly Value?: string;
};

/** Where test/handlers/recovery.yaml installs. */
const place: Place = { partition: 'aws', region: 'eu-central-1', account: '123456789012' };

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

  /** A function as its stack has it. What CloudFormation would call it is a stand-in with the resource's own name. */
  function(name: Deployed): DeployedFunction {
    const { Code, Environment } = this.#properties(name);
    const variables = Object.entries(Environment?.Variables ?? {});
    return {
      bundle: join(this.#folder, `asset.${Code?.S3Key.replace('.zip', '')}`, 'index.mjs'),
      environment: Object.fromEntries(variables.map(([key, value]) => [key, this.#intrinsics.text(value)])),
    };
  }

  settings(service: string): ServiceSettings {
    const [parameter] = ofType(this.#template(`paramedic-prod-service-${service}`), 'AWS::SSM::Parameter');
    return JSON.parse((parameter?.Properties as Properties | undefined)?.Value ?? 'null') as ServiceSettings;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #pipeline(): Template {
    return this.#template('paramedic-prod');
  }

  get #intrinsics(): Intrinsics {
    return new Intrinsics(this.#pipeline, place);
  }

  #properties(name: Deployed): Properties {
    const { Resources } = this.#pipeline;
    return Resources[idOf(this.#pipeline, 'AWS::Lambda::Function', name)]?.Properties ?? {};
  }

  #template(stack: string): Template {
    return JSON.parse(readFileSync(join(this.#folder, `${stack}.template.json`), 'utf8')) as Template;
  }
}
