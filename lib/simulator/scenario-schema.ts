import { z } from 'zod';
import { serviceIdPattern } from '../../lambdas/contract/names.ts';
import { inMillis } from '../../lambdas/contract/time.ts';
import { duration, moment, secondsTaken } from '../config/duration.ts';
import { messageLimit, messagesConfig } from '../config/messages.ts';
import { policyConfig } from '../config/policy.ts';
import { rate, share } from '../config/units.ts';
import { expectationSchema } from './expectation-schema.ts';
import { faults } from './faults/faults.ts';
import { length, lengthOrNever } from './faults/fields.ts';
import { checkScenario } from './scenario-checks.ts';

/** An ECS revision number, written as text or number. */
const revisionId = z
  .union([z.string(), z.int().nonnegative()], { error: 'a revision number such as "42"' })
  .transform(String)
  .refine((id) => /^\d{1,9}$/.test(id), { error: 'a revision number such as "42"' });

const trafficSchema = z.union([
  rate.transform((perSecond) => [{ at: 0, rate: perSecond }]),
  z.array(z.strictObject({ at: moment, rate })).min(1),
]);

/** What the account and the deployment tool do to a service by themselves. */
export const accountSchema = z.strictObject({
  /** What deploys it; the first two deregister the task definition of the release before, once the new one is stable. */
  deployedBy: z.enum(['cloudformation', 'terraform', 'scripts']).default('cloudformation'),
  /** Whether DescribeTaskDefinition still answers for a deregistered one. */
  described: z.boolean().default(true),
  /** Whether every task runs a container that its service revision doesn't list. Default: as the seed decides. */
  sidecar: z.boolean().optional(),
  /** Where its images are: in the account's registry, in one that can't be asked, or gone but for those of the newest release. */
  images: z.enum(['ecr', 'elsewhere', 'expired']).default('ecr'),
  /** How long after somebody took a target out ECS registers it again, or `never`. Default: as the seed decides. */
  reregisters: lengthOrNever.optional(),
  /** Whether the roles of its task definitions are among those Paramedic may pass. */
  passRoles: z.boolean().default(true),
  /** Deployments older than this are not listed. */
  deploymentHistory: length.default(90 * 86_400_000),
  /** Whether ECS moves tasks between zones by itself. */
  zoneRebalancing: z.boolean().default(true),
  /** How soon after its start ECS leaves a task alone that fails its health checks. */
  healthCheckGrace: length.default(0),
  /** Of its target groups (https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html). */
  deregistrationDelay: length.refine((millis) => millis <= 3_600_000, { error: 'at most 3600s' }).default(300_000),
});

/** A service of the simulated account. Every key has a default. */
const serviceSchema = z.strictObject({
  /** How many tasks are desired. */
  tasks: z.int().min(1).max(500).default(6),
  /** Availability zones the tasks are spread over. */
  zones: z.int().min(1).max(6).default(3),
  /** Requests a second, or steps `[{ at: 0m, rate: 120/s }, ...]`. Default 20/s per task. */
  traffic: trafficSchema.optional(),
  /** Response times of a healthy task. */
  latency: z
    .strictObject({ p50: secondsTaken, p99: secondsTaken })
    .refine(({ p50, p99 }) => p50 < p99, { error: 'a p50 below the p99', path: ['p50'] })
    .default({ p50: 0.04, p99: 0.2 }),
  /** Share of requests that fail in the best of times. */
  errorRate: share.default(0.001),
  /** Requests a second that one task can serve; beyond it latency climbs, then errors. Default twice its share of traffic. */
  capacityPerTask: rate.optional(),
  /** From a task's start to its first healthy check. */
  startup: duration.transform(inMillis).default(45_000),
  /** Releases, oldest first; the last one that was deployed before the start is running. */
  revisions: z
    .array(
      z.strictObject({
        id: revisionId,
        deployed: moment,
        /** Refer to the image by its digest instead of a tag. */
        pinned: z.boolean().default(false),
      }),
    )
    .min(1)
    .default([
      { id: '41', deployed: -7 * 86_400_000, pinned: false },
      { id: '42', deployed: -3 * 86_400_000, pinned: false },
    ]),
  /** Percent of the desired count that a deployment keeps healthy, and that it may reach. */
  minimumHealthyPercent: z.int().min(0).max(100).default(100),
  maximumPercent: z.int().min(100).max(400).default(200),
  /** Services that name the same load balancer share it. Default: one of its own. */
  loadBalancer: z.string().regex(serviceIdPattern).optional(),
  /** How many target groups its tasks are registered in. */
  targetGroups: z.int().min(1).max(5).default(1),
  /** Whether its target groups spread requests over the zones. */
  crossZone: z.boolean().default(true),
  /** People with a confirmed subscription to the messages of the service. */
  listeners: z.int().nonnegative().default(1),
  /** What the account and the deployment tool do to it. */
  account: accountSchema.default(accountSchema.parse({})),
  /** What the service sets in `recovery.yaml`; the mode is `automatic` unless it says otherwise. */
  recovery: policyConfig.optional(),
});
export type ServiceYaml = z.output<typeof serviceSchema>;

const [firstFault, ...otherFaults] = faults.map(({ kind, schema, needsService }) => {
  const service = z.string({ error: 'the name of a service of this scenario' });
  return z.strictObject({
    kind: z.literal(kind),
    at: moment,
    until: moment.optional(),
    service: needsService ? service : service.optional(),
    ...schema.shape,
  });
});
if (!firstFault) throw new Error('There are no kinds of fault.');

const kinds = faults.map(({ kind }) => kind).join(', ');

/** Only for a kind that does not exist: the fields of a known kind complain for themselves. */
const faultAllowed = ({ input }: { readonly input?: unknown }): string =>
  typeof input === 'object' && input !== null && 'kind' in input
    ? kinds
    : 'a mapping with at, kind and what the kind takes';

/** A whole scenario file. */
export const scenarioSchema = z
  .strictObject({
    name: z.string().regex(/^[^\p{Cc}]{1,100}$/u, { error: 'one line of text, at most 100 characters' }),
    description: z.string().default(''),
    duration: duration.transform(inMillis),
    services: z.record(z.string().regex(serviceIdPattern), serviceSchema),
    /** How many messages people get: `install.messages` of `recovery.yaml`. */
    messages: messagesConfig.default({}).transform(messageLimit),
    faults: z.array(z.discriminatedUnion('kind', [firstFault, ...otherFaults], { error: faultAllowed })).default([]),
    expect: expectationSchema.default({}),
  })
  .superRefine((scenario, context) => {
    checkScenario(scenario, (path, message) =>
      context.addIssue({ code: 'custom', path: [...path], message, params: { sentence: true } }),
    );
  });
export type ScenarioYaml = z.output<typeof scenarioSchema>;
