/** A violation of one import rule: files to write, path → text. The rule must name the first path. */
type Plant = { readonly rule: string; readonly files: Readonly<Record<string, string>> };

const plant = (rule: string, path: string, text: string, more: Readonly<Record<string, string>> = {}): Plant => ({
  rule,
  files: { [path]: text, ...more },
});

/** Imports `name` and uses it, so that the import is one of code. */
const uses = (name: string, from: string): string => `import { ${name} } from '${from}';\nexport const x = ${name};\n`;
const usesType = (name: string, from: string): string =>
  `import type { ${name} } from '${from}';\nexport type X = ${name};\n`;

const nouns: readonly Plant[] = [
  plant('contract-imports-nothing', 'lambdas/contract/planted-1.ts', usesType('Signal', '../model/signal.ts')),
  plant('model-is-nouns', 'lambdas/model/planted-1.ts', usesType('Clock', '../ports/sight.ts')),
  plant('model-is-types', 'lambdas/model/planted-2.ts', uses('reasons', '../contract/reasons.ts')),
  plant('ports-are-interfaces', 'lambdas/ports/planted-1.ts', usesType('Action', '../pipeline/act/action.ts')),
  plant('ports-are-types', 'lambdas/ports/planted-2.ts', uses('reasons', '../contract/reasons.ts')),
];

const core: readonly Plant[] = [
  plant('pipeline-is-closed', 'lambdas/pipeline/guard/planted-1.ts', uses('readFileSync', 'node:fs')),
  plant('pipeline-is-closed', 'lambdas/pipeline/guard/planted-2.ts', uses('z', 'zod')),
  plant('pipeline-is-closed', 'lambdas/pipeline/planted-5.ts', uses('awsTargets', '../aws/targets.ts')),
  plant('pipeline-sees-port-types-only', 'lambdas/pipeline/planted-3.ts', uses('x', '../ports/planted-2.ts')),
  ...['detect', 'diagnose', 'plan', 'guard', 'act', 'verify', 'notify', 'record', 'sweep'].map((stage) => {
    const other = stage === 'guard' ? 'verify' : 'guard';
    return plant(
      `stage-alone-${stage}`,
      `lambdas/pipeline/${stage}/planted-stage.ts`,
      uses(other, `../${other}/${other}.ts`),
    );
  }),
];

const worlds: readonly Plant[] = [
  plant('adapters-know-ports', 'lambdas/aws/planted-1.ts', uses('guard', '../pipeline/guard/guard.ts')),
  plant('sdk-only-in-aws-adapters', 'lambdas/pipeline/planted-4.ts', uses('ECSClient', '@aws-sdk/client-ecs')),
  plant(
    'sdk-only-in-aws-adapters',
    'bin/commands/planted-5.ts',
    uses('withDurableExecution', '@aws/durable-execution-sdk-js'),
  ),
  plant(
    'world-knows-no-doctor',
    'lib/simulator/world/planted-1.ts',
    uses('guard', '../../../lambdas/pipeline/guard/guard.ts'),
  ),
  plant(
    'world-knows-no-doctor',
    'lib/simulator/faults/planted-1.ts',
    usesType('Clock', '../../../lambdas/ports/sight.ts'),
  ),
  plant(
    'simulated-adapters-know-ports',
    'lib/simulator/adapters/planted-1.ts',
    uses('recover', '../../../lambdas/pipeline/recover.ts'),
  ),
];

const deployed: readonly Plant[] = [
  plant('handlers-wire', 'lambdas/handlers/planted-1.ts', uses('guard', '../pipeline/guard/guard.ts')),
  plant('handlers-wire', 'lambdas/handlers/planted-2.ts', uses('z', 'zod')),
  plant('action-functions-are-small', 'lambdas/handlers/planted-3.ts', uses('x', '../pipeline/act/planted-reach.ts'), {
    'lambdas/pipeline/act/planted-reach.ts': uses('actions', './actions.ts'),
  }),
  plant(
    'only-stop-writes-the-pause',
    'lambdas/handlers/planted-5.ts',
    uses('awsControlsWriter', '../aws/controls-writer.ts'),
  ),
  plant(
    'only-operate-answers-for-people',
    'lambdas/handlers/planted-6.ts',
    uses('operatorPorts', '../aws/operator-ports.ts'),
  ),
  plant('lambdas-stand-alone', 'lambdas/aws/planted-2.ts', uses('readYaml', '../../lib/config/read-yaml.ts')),
  plant('lambdas-stand-alone', 'lambdas/handlers/planted-4.ts', uses('App', 'aws-cdk-lib')),
];

const desk: readonly Plant[] = [
  plant(
    'constructs-see-the-contract',
    'lib/constructs/planted-1.ts',
    usesType('Signal', '../../lambdas/model/signal.ts'),
  ),
  plant(
    'constructs-see-the-contract',
    'lib/stacks/planted-1.ts',
    uses('handler', '../../lambdas/handlers/on-signal.ts'),
  ),
  plant('desk-never-loads-cdk-or-sdk', 'lib/simulator/planted-1.ts', uses('App', 'aws-cdk-lib')),
  plant('desk-never-loads-cdk-or-sdk', 'lib/tuning/planted-2.ts', uses('awsTargets', '../../lambdas/aws/targets.ts')),
  plant('config-knows-the-contract', 'lib/config/planted-1.ts', usesType('Clock', '../../lambdas/ports/sight.ts')),
  plant('operator-only-asks', 'lib/operator/planted-1.ts', uses('guard', '../../lambdas/pipeline/guard/guard.ts')),
  plant('tuning-needs-no-simulator', 'lib/tuning/planted-1.ts', uses('World', '../simulator/world/world.ts')),
  plant('report-decides-nothing', 'lib/report/planted-1.ts', uses('guard', '../../lambdas/pipeline/guard/guard.ts')),
];

const doors: readonly Plant[] = [
  plant(
    'command-line-never-loads-cdk',
    'bin/commands/planted-1.ts',
    uses('ServiceStack', '../../lib/stacks/service-stack.ts'),
  ),
  plant('roots-are-roots', 'lib/simulator/planted-2.ts', uses('handler', '../../lambdas/handlers/recover.ts')),
  plant('commands-only-from-the-door', 'lib/report/planted-2.ts', uses('run', '../../bin/commands/explain.ts')),
];

const hygiene: readonly Plant[] = [
  plant('no-circular', 'lib/report/planted-3.ts', uses('x as y', './planted-4.ts').replace('= x as y', '= y'), {
    'lib/report/planted-4.ts': uses('x as y', './planted-3.ts').replace('= x as y', '= y'),
  }),
  plant('no-orphans', 'lib/report/planted-5.ts', 'export const lonely = 1;\n'),
  plant('not-to-unresolvable', 'lib/report/planted-6.ts', uses('nothing', './nowhere.ts')),
];

export const plants: readonly Plant[] = [...nouns, ...core, ...worlds, ...deployed, ...desk, ...doors, ...hygiene];
