import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { UserError } from './command.ts';
import { packageRoot } from './package-root.ts';

/** The app as cdk.json starts it in a checkout, or as JavaScript in the package. */
const app = extname(import.meta.url) === '.ts' ? ['--import', 'tsx', 'bin/app.ts'] : ['dist/bin/app.js'];

/** How long the app takes, started as the CDK command line starts it, for so many services. */
export async function secondsToSynthesize(services: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'paramedic-bench-'));
  try {
    const config = join(folder, 'recovery.yaml');
    writeFileSync(config, recoveryOfSize(services));
    const { context } = JSON.parse(readFileSync(join(packageRoot, 'cdk.json'), 'utf8')) as { readonly context: object };
    const env = { CDK_OUTDIR: join(folder, 'cdk.out'), CDK_CONTEXT_JSON: JSON.stringify({ ...context, config }) };
    const begun = process.hrtime.bigint();
    const child = spawn(process.execPath, app, {
      cwd: packageRoot,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (text: Buffer) => {
      said += text.toString('utf8');
    });
    const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
    if (code !== 0) throw new UserError(`A recovery.yaml of ${services} could not be synthesized: ${said.trim()}`, 1);
    return Number(process.hrtime.bigint() - begun) / 1e9;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As many services as are wanted, with nothing but what each must have. JSON is YAML. */
export function recoveryOfSize(services: number): string {
  const arn = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:123456789012:${resource}`;
  const entries = Array.from({ length: services }, (_, n) => {
    const id = `service-${n + 1}`;
    const targetGroup = `targetgroup/${id}/${String(n + 1).padStart(16, '0')}`;
    return [id, { service: id, targetGroups: [arn('elasticloadbalancing', targetGroup)] }] as const;
  });
  return JSON.stringify({
    install: { name: 'bench', account: '123456789012', region: 'eu-central-1' },
    owners: { shop: { email: ['shop@example.com'] } },
    defaults: {
      owner: 'shop',
      runbook: 'https://runbooks.example.com/shop',
      cluster: arn('ecs', 'cluster/production'),
      loadBalancer: 'app/production-public/50dc6c495c0c9188',
      alarms: { latency: { threshold: '800ms' } },
    },
    services: Object.fromEntries(entries),
  });
}
