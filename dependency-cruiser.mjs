/**
 * Who may import whom. `test/package` plants a violation of every rule and sees it caught.
 * The `comment` of a rule is what a contributor reads when it bites.
 */
const STAGES = ['detect', 'diagnose', 'plan', 'guard', 'act', 'verify', 'notify', 'record', 'sweep'];
const PIPELINE = '^lambdas/pipeline/';
const NOUNS = '^lambdas/(contract|model)/';
const AWS = 'node_modules/(@aws-sdk|@aws|@smithy|@aws-lambda-powertools)/';
const CDK = 'node_modules/(aws-cdk-lib|constructs|cdk-nag)/';
const DESK = '^lib/(config|simulator|tuning|availability|report)/';
const NODE_FILES = '^(path|fs|url)$';

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
/** The folder imports itself and these, and nothing else. */
const only = (name, comment, folder, ...allowed) =>
  rule(name, comment, { path: folder }, { pathNot: [folder, ...allowed] });
/** The folder doesn't import these. */
const never = (name, comment, folder, forbidden, exceptions = []) =>
  rule(name, comment, { path: folder }, { path: forbidden, pathNot: exceptions });
/** What is imported from `lambdas/` comes as a type. */
const typesOnly = (name, comment, folder, from = '^lambdas/') =>
  rule(name, comment, { path: folder }, { path: from, dependencyTypesNot: ['type-only'] });

const nouns = [
  only('contract-imports-nothing', 'synth time and run time both afford it', '^lambdas/contract/'),
  only('model-is-nouns', 'the nouns know the contract only', '^lambdas/model/', '^lambdas/contract/'),
  typesOnly('model-is-types', 'a noun carries no code', '^lambdas/model/'),
  only('ports-are-interfaces', 'a port speaks of nouns only', '^lambdas/ports/', NOUNS),
  typesOnly('ports-are-types', 'a port carries no code', '^lambdas/ports/'),
];

const core = [
  only('pipeline-is-closed', 'no npm package, no node:*, no adapter', PIPELINE, '^lambdas/(contract|model|ports)/'),
  typesOnly('pipeline-sees-port-types-only', 'no port may carry code into the core', PIPELINE, '^lambdas/ports/'),
  ...STAGES.map((stage) =>
    never(
      `stage-alone-${stage}`,
      'stages meet only in lambdas/pipeline/*.ts, where the order is',
      `${PIPELINE}${stage}/`,
      PIPELINE,
      [`${PIPELINE}${stage}/`],
    ),
  ),
];

const worlds = [
  only(
    'adapters-know-ports',
    'adapters implement ports; they never call the pipeline',
    '^lambdas/aws/',
    '^lambdas/(contract|model|ports)/',
    AWS,
    '^(buffer|crypto|http|https|zlib)$',
  ),
  rule(
    'sdk-only-in-aws-adapters',
    'functions talk to AWS in one place, and people at their desk in one',
    { path: '^(bin|lib|lambdas)/', pathNot: '^(lambdas/aws|lib/operator)/' },
    { path: AWS },
  ),
  only(
    'world-knows-no-doctor',
    'AWS and the faults behave the same with or without us',
    '^lib/simulator/(world|faults)/',
    '^lib/simulator/(clock|random)',
    '^lambdas/contract/',
    'node_modules/zod/',
  ),
  never(
    'simulated-adapters-know-ports',
    'only simulate.ts and functions.ts run the pipeline',
    '^lib/simulator/(adapters/|workflow)',
    [PIPELINE, '^lambdas/(handlers|aws)/'],
  ),
];

const deployed = [
  rule(
    'handlers-wire',
    'a handler wires and goes: an entry of the pipeline, one action, AWS adapters',
    { path: '^lambdas/handlers/' },
    {
      pathNot: [
        '^lambdas/(contract|model|aws)/',
        `${PIPELINE}(receive|recover|abandon|perform|operate|read-operation|sweep)\\.ts$`,
        `${PIPELINE}act/(?!actions)`,
      ],
    },
  ),
  rule(
    'action-functions-are-small',
    'the function of an action carries no ladder and no other action',
    { path: '^lambdas/handlers/', pathNot: '^lambdas/handlers/(recover|on-signal|workflow-ended|stop|operate|sweep)' },
    { path: [`${PIPELINE}(plan|verify|notify)/`, `${PIPELINE}act/actions`, `${PIPELINE}recover`], reachable: true },
  ),
  rule(
    'only-stop-writes-the-pause',
    'the pause is for people, who write it through one function',
    { path: '^lambdas/handlers/', pathNot: '^lambdas/handlers/stop\\.ts$' },
    { path: '^lambdas/aws/(controls-writer|stop-ports)\\.ts$', reachable: true },
  ),
  rule(
    'only-operate-answers-for-people',
    'answers to proposals are for people, who give them through one function',
    { path: '^lambdas/handlers/', pathNot: '^lambdas/handlers/operate\\.ts$' },
    { path: '^lambdas/aws/operator-ports\\.ts$', reachable: true },
  ),
  never('lambdas-stand-alone', 'nothing deployed reaches the desk', '^lambdas/', ['^(lib|bin|test)/', CDK]),
];

const desk = [
  only(
    'constructs-see-the-contract',
    'handlers by path, never by import',
    '^lib/(stacks|constructs)/',
    '^lib/config/',
    '^lambdas/contract/',
    CDK,
    'node_modules/esbuild/',
    NODE_FILES,
  ),
  never('desk-never-loads-cdk-or-sdk', 'these run anywhere, fast', DESK, [
    CDK,
    AWS,
    '^lib/(stacks|constructs)/',
    '^lambdas/(handlers|aws)/',
  ]),
  never(
    'config-knows-the-contract',
    'settings come out, nothing else goes in',
    '^lib/config/',
    ['^lambdas/', '^lib/'],
    ['^lib/config/', '^lambdas/contract/'],
  ),
  only(
    'operator-only-asks',
    'it signs a question and puts it to AWS, and decides nothing',
    '^lib/operator/',
    NOUNS,
    AWS,
    '^(http|https)$',
  ),
  never(
    'tuning-needs-no-simulator',
    'alarms are evaluated in the contract',
    '^lib/(tuning|availability)/',
    '^lib/(simulator|report)/',
  ),
  never(
    'report-decides-nothing',
    'it renders nouns',
    '^lib/report/',
    ['^lambdas/', '^lib/'],
    ['^lib/report/', NOUNS, '^lib/simulator/result\\.ts$'],
  ),
];

const doors = [
  rule(
    'command-line-never-loads-cdk',
    'a command answers at once',
    { path: '^bin/(door|paramedic|commands/)' },
    { path: [CDK, '^lib/(stacks|constructs)/'], reachable: true },
  ),
  rule(
    'roots-are-roots',
    'nothing imports a door, a handler or a test',
    { path: '^(bin|lib|lambdas)/', pathNot: '^bin/(door|paramedic)\\.' },
    { path: ['^bin/(app|door|paramedic)\\.', '^lib/index\\.', '^test/', '^lambdas/handlers/'] },
  ),
  never('commands-only-from-the-door', 'commands are reached through bin/paramedic', '^(lib|lambdas)/', '^bin/'),
];

const hygiene = [
  rule('no-circular', 'break the cycle', {}, { circular: true }),
  rule(
    'no-orphans',
    'delete it or use it',
    { orphan: true, path: '^(bin|lib|lambdas)/', pathNot: ['^bin/', '^lambdas/handlers/'] },
    {},
  ),
  rule('not-to-unresolvable', 'unresolved import', {}, { couldNotResolve: true }),
];

export default {
  forbidden: [...nouns, ...core, ...worlds, ...deployed, ...desk, ...doors, ...hygiene],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
