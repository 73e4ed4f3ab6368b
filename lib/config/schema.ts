import { z } from 'zod';
import { pipelineNamePattern, serviceIdPattern } from '../../lambdas/contract/names.ts';
import { inMillis } from '../../lambdas/contract/time.ts';
import { identityDefaults, installDefaults } from './defaults.ts';
import { duration, sweepInterval } from './duration.ts';
import { field } from './field.ts';
import { messageLimit, messagesConfig } from './messages.ts';
import { policyConfig } from './policy.ts';
import { isRetention, retentionDays, retentionsAllowed } from './retention.ts';

const nameRule = 'lower-case letters, digits and hyphens, beginning with a letter or digit';
const text = (description: string, pattern: RegExp, allowed: string) =>
  z.string({ error: allowed }).regex(pattern, allowed).meta({ description });

const pipelineName = text(
  'Name of this installation; begins the name of all it creates.',
  pipelineNamePattern,
  `1 to 24 ${nameRule}`,
);
const idAllowed = `1 to 40 ${nameRule}`;
const serviceId = z.string({ error: idAllowed }).regex(serviceIdPattern, idAllowed);
const ownerName = z.string({ error: idAllowed }).regex(serviceIdPattern, idAllowed);
const email = z.email().meta({ description: 'An e-mail address; its owner must confirm the subscription.' });
const urlAllowed = 'an absolute URL that begins with https:// or http://';
const url = z
  .url({ protocol: /^https?$/, error: urlAllowed, abort: true })
  .refine((address) => !/\s/.test(address), { error: `${urlAllowed}, without spaces` });

const arnAllowed = (what: string) => `the ARN of ${what}`;
/** The shape only; account, Region and partition are compared with the installation's in `check.ts`. */
const arn = (service: string, resource: string, what: string, account = '\\d{12}') =>
  z
    .string({ error: arnAllowed(what) })
    .regex(new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]*:${account}:${resource}$`), arnAllowed(what));

const accountAllowed = 'the 12 digits of an AWS account, quoted when they begin with 0';
const account = z
  .union([z.string(), z.int()], { error: accountAllowed })
  .transform(String)
  .refine((digits) => /^\d{12}$/.test(digits), { error: accountAllowed, abort: true })
  .meta({ description: 'The AWS account everything is in, and the services too.' });

const installFields = z.strictObject({
  name: pipelineName,
  account,
  region: text(
    'The Region everything is in, and the services too.',
    /^[a-z]{2,4}(-[a-z]+)+-\d$/,
    'a Region such as eu-central-1',
  ),
  bootstrapQualifier: field(
    text('', /^[a-zA-Z0-9_-]{1,10}$/, '1 to 10 letters, digits, hyphens and underscores'),
    'Qualifier of the CDK bootstrap stack, where it is not the usual one.',
  ),
  permissionsBoundary: field(
    arn('iam', 'policy/.+', 'an IAM policy', '(\\d{12}|aws)'),
    'ARN of the policy every role of Paramedic is bounded by.',
  ),
  rolePath: field(
    text('', /^\/([\x21-\x7e]+\/)?$/, 'a path that begins and ends with a slash'),
    'Path of every role of Paramedic.',
    installDefaults.rolePath,
  ),
  tags: field(z.record(z.string().min(1).max(128), z.string().max(256)), 'Tags on all that Paramedic creates.'),
  logRetention: field(
    duration.refine(isRetention, { error: retentionsAllowed }).transform(retentionDays),
    'How long the logs of the functions are kept.',
    installDefaults.logRetention,
  ),
  topicArn: field(
    arn('sns', '[A-Za-z0-9_-]+', 'an SNS topic'),
    'A topic that is there already and gets the messages of all owners. Its subscriptions, policy and key stay yours.',
  ),
  kmsKeyArn: field(
    arn('kms', 'key/.+', 'a KMS key'),
    'A key that is there already, for ledger and topics. Its policy stays yours: see docs/reference/permissions.md.',
  ),
  removal: field(
    z.enum(['keep', 'destroy']),
    'What happens to ledger, key and logs when the stacks are deleted.',
    installDefaults.removal,
  ),
  reserveConcurrency: field(
    z.boolean(),
    'Reserve a few concurrent executions for each function, so that an overloaded account does not throttle Paramedic.',
    installDefaults.reserveConcurrency,
  ),
  sweepEvery: field(
    sweepInterval,
    'How often Paramedic looks for what no event told of (alarms that fire unheard, workflows that died) and sends the summaries that are due.',
    installDefaults.sweepEvery,
  ),
  messages: field(
    messagesConfig,
    'How many messages a topic gets at most. The last one of a window is a summary of every incident not told of singly; what comes later waits for the next one.',
  ),
  operators: field(
    z.array(email).min(1).max(50),
    'Who hears of trouble with Paramedic itself. All owners when nobody is named.',
  ),
  runbook: field(
    url,
    "Absolute URL docs/runbook.md is published at; alarms link to its sections, beside the team's own runbook.",
  ),
});

/** How and where Paramedic itself is installed. */
export const installConfig = installFields.refine(
  ({ sweepEvery, messages }) =>
    sweepEvery === undefined || inMillis(sweepEvery) <= inMillis(messageLimit(messages).window),
  {
    path: ['sweepEvery'],
    error: 'at most messages.window: a sweep sends the summary of a window',
    // Only what is right by itself can be compared.
    when: ({ issues }) => issues.length === 0,
  },
);

const logs = z.strictObject({
  logGroup: text('Name of the log group with one line per request.', /^[\w./#-]{1,512}$/, 'the name of a log group'),
  status: text('Field with the HTTP status.', /^@?[A-Za-z_][\w.@-]{0,63}$/, 'a field as Logs Insights knows it'),
  duration: text('Field with the time taken.', /^@?[A-Za-z_][\w.@-]{0,63}$/, 'a field as Logs Insights knows it'),
  unit: field(z.enum(['s', 'ms', 'us', 'ns']), 'Unit of the time taken.', 'ms'),
});

const clusterArn = arn('ecs', 'cluster/[\\w-]{1,255}', 'an ECS cluster').meta({ description: 'ARN of the cluster.' });
const loadBalancer = text(
  'The load balancer as its metrics name it: app/NAME/ID (the end of its ARN).',
  /^(app|net)\/[A-Za-z0-9-]{1,32}\/[0-9a-f]{16}$/,
  'app/NAME/ID or net/NAME/ID, the end of its ARN',
);
const owner = ownerName.meta({ description: 'The team that is told; one of `owners`.' });
const notify = z.array(email).max(50).meta({ description: 'Further addresses that hear of this service only.' });

/** What may also be a default of all services. */
const shared = {
  owner: owner.optional(),
  notify: notify.optional(),
  cluster: clusterArn.optional(),
  loadBalancer: loadBalancer.optional(),
  runbook: url
    .meta({ description: "Absolute URL of the team's own runbook; it is in every alarm and message." })
    .optional(),
  managedTags: field(
    z.boolean(),
    'The service has ECS managed tags (enableECSManagedTags, which ECS and CDK leave off), so that the role may stop its tasks and no others of the cluster. With true and no tags on the tasks, stopping one is denied; with false the role may stop any task of the cluster.',
    identityDefaults.managedTags,
  ),
};

/** One service: what it is, and what it sets of the policy. What a service must have may come from the defaults. */
export const serviceConfig = z.strictObject({
  ...shared,
  service: text('Name of the ECS service.', /^[\w-]{1,255}$/, 'the name of an ECS service, not its ARN'),
  targetGroups: field(
    z.array(arn('elasticloadbalancing', 'targetgroup/[A-Za-z0-9-]{1,32}/[0-9a-f]{16}', 'a target group')).max(5),
    'ARNs of the target groups of the service, 1 to 5.',
  ),
  logs: field(logs, 'Where its logs are, for the sense task-logs.'),
  group: field(serviceId, 'Services with the same group are deployed in one stack.'),
  passRoles: field(
    z.array(arn('iam', 'role/.+', 'an IAM role')).max(20),
    'Task role and execution role of its task definitions, as `aws ecs describe-task-definition --task-definition FAMILY --query "[taskDefinition.taskRoleArn, taskDefinition.executionRoleArn]"` prints them. Needed to roll back and to restart; [] where they have none.',
  ),
  taskDefinition: field(
    text('', /^[\w-]{1,255}$/, 'the name of a family, without a revision'),
    'Family of its task definitions, so that the role may register copies in this family and in no other.',
  ),
  stack: field(
    text('', /^[A-Za-z][A-Za-z0-9-]{0,127}$/, 'the name of a CloudFormation stack'),
    'Name of the CloudFormation stack that deploys the service; while it is being changed, nothing else is.',
  ),
  ...policyConfig.omit({ fleet: true }).shape,
});
export type ServiceConfig = z.output<typeof serviceConfig>;

/** The whole of recovery.yaml, before what only a look across it can tell: see `check.ts`. */
export const recoveryConfig = z.strictObject({
  install: installConfig.meta({ description: 'How and where Paramedic itself is installed.' }),
  owners: z
    .record(
      ownerName,
      z.strictObject({ email: z.array(email).min(1).max(50).meta({ description: 'Addresses of the team.' }) }),
    )
    .meta({ description: 'Teams, and the addresses that hear of all their services.' }),
  defaults: field(
    z.strictObject({ ...shared, ...policyConfig.omit({ signals: true, dependsOn: true }).shape }),
    'What all services have unless they say otherwise.',
  ),
  services: z
    .record(serviceId, serviceConfig)
    .meta({ description: 'The services Paramedic looks after, by a name of your own.' }),
});
export type RecoveryConfig = z.output<typeof recoveryConfig>;
export type RecoveryInput = z.input<typeof recoveryConfig>;
