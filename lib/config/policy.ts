import { z } from 'zod';
import { type ActionKind, alarmKinds, serviceIdPattern } from '../../lambdas/contract/names.ts';
import { grants } from '../../lambdas/contract/permissions.ts';
import { modes, senses } from '../../lambdas/contract/settings.ts';
import { policyDefaults } from './defaults.ts';
import { duration, durationFrom, secondsTaken } from './duration.ts';
import { field } from './field.ts';
import { freeze } from './freeze.ts';
import { fleetConfig, limitsConfig } from './limits.ts';
import { percent, writtenPercent } from './units.ts';

const mode = z.enum(modes, { error: modes.join(', ').replace(/, (?=[^,]+$)/, ' or ') });

const d = policyDefaults;
const count = z.int().nonnegative();
const minutes = (of: { readonly breaching: number; readonly of: number }) => ({
  breaching: field(z.int().min(1).max(60), 'Minutes that must breach before the alarm goes off.', of.breaching),
  of: field(z.int().min(1).max(60), 'Out of how many of the newest minutes.', of.of),
});
const volume = (byDefault: number) => field(count, 'Requests a minute below which the alarm stays quiet.', byDefault);
const orNone = <S extends z.ZodType>(schema: S) => z.union([schema, z.literal('none')]);

const latency = z.strictObject({
  threshold: field(secondsTaken, 'The slow end of the response time above which a minute breaches, such as 800ms.'),
  percentile: field(
    z.string({ error: 'p50 to p99.9' }).regex(/^p([5-9]\d)(\.\d)?$/, 'p50 to p99.9'),
    'Which percentile is the slow end. p95 needs 200 requests a minute to mean anything, p99 1,000.',
    d.alarms.latency.percentile,
  ),
  minimumRequests: volume(d.alarms.latency.minimumRequests),
  ...minutes(d.alarms.latency),
});

const errors = z.strictObject({
  threshold: field(percent, 'Share of failed requests above which a minute breaches.', d.alarms.errors.threshold),
  minimumRequests: volume(d.alarms.errors.minimumRequests),
  countUnanswered: field(
    z.boolean(),
    'Count requests without any answer as failed. Off for WebSocket and long-poll services.',
    d.alarms.errors.countUnanswered,
  ),
  ...minutes(d.alarms.errors),
});

const unhealthyTargets = z.strictObject({
  threshold: field(count, 'Unhealthy targets above which a minute breaches.', d.alarms['unhealthy-targets'].threshold),
  ...minutes(d.alarms['unhealthy-targets']),
});

const noCapacity = z.strictObject({
  threshold: field(z.int().min(1), 'Healthy targets below which a minute breaches.', d.alarms['no-capacity'].threshold),
  ...minutes(d.alarms['no-capacity']),
});

const belowDesired = z.strictObject({
  threshold: field(count, 'Missing tasks above which a minute breaches.', d.alarms['below-desired'].threshold),
  ...minutes(d.alarms['below-desired']),
});

const alarms = z.strictObject({
  latency: field(orNone(latency), 'Requests are slow. Its threshold has no default.'),
  errors: field(orNone(errors), 'Too many requests fail or are never answered.'),
  'unhealthy-targets': field(orNone(unhealthyTargets), 'Targets fail their health checks.'),
  'no-capacity': field(orNone(noCapacity), 'Too few targets are healthy to serve at all.'),
  'below-desired': field(
    orNone(belowDesired),
    'Fewer tasks run than are desired. Needs containerInsights: true, else it is not created.',
  ),
});

const diagnosis = z.strictObject({
  suspectWithin: field(
    duration,
    'A deployment that started within this time before the trouble began is a suspect.',
    d.diagnosis.suspectWithin,
  ),
  minimumVolume: field(
    z.int().min(1),
    'Requests a target and its peers must have each before they are compared.',
    d.diagnosis.minimumVolume,
  ),
  wornOutAfter: field(duration, 'A leak is considered when every task is this old.', d.diagnosis.wornOutAfter),
  knownGoodAfter: field(
    duration,
    'How long a release must have served without an incident to be known as good.',
    d.diagnosis.knownGoodAfter,
  ),
});

const t = d.timing;
const timing = z.strictObject({
  lap: field(duration, 'Between two looks while something is awaited.', t.lap),
  lapWhileOut: field(
    durationFrom('1s'),
    'Between two looks at a target that was taken out, which ECS may register again.',
    t.lapWhileOut,
  ),
  drainFor: field(
    duration,
    'How long a deregistered target drains before its task is stopped. Without it, as long as its target groups say.',
  ),
  idleFor: field(
    duration,
    'A task is stopped sooner once the request log shows no answer of it for so long, and for as long as the latency alarm allows a request.',
    t.idleFor,
  ),
  orderExpires: field(duration, 'How long an order stays valid.', t.orderExpires),
  patience: field(duration, 'How long a hold may last before it is handed over.', t.patience),
  undeterminedAfter: field(
    duration,
    'How long to look before an undetermined incident is handed over.',
    t.undeterminedAfter,
  ),
  healingWithin: field(duration, 'How long AWS may take to heal by itself.', t.healingWithin),
  verifyWithin: field(
    durationFrom('5m'),
    'How long after an act its check may take. Not below 5m: one-minute metrics come minutes late.',
    t.verifyWithin,
  ),
  deploymentWithin: field(duration, 'How much longer a rollback or restart may take.', t.deploymentWithin),
  approvalWithin: field(
    duration,
    'How long a person has to approve a proposal; then it is handed over.',
    t.approvalWithin,
  ),
  incidentWithin: field(duration, 'How long an incident may last before it is handed over.', t.incidentWithin),
  watchEvery: field(duration, 'Between two looks at a handed-over incident, until its alarms are OK.', t.watchEvery),
});

/** Alarm names may hold anything but control characters (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html). */
const alarmNameAllowed = 'the name of a CloudWatch alarm, 1 to 255 characters';
const signal = z.strictObject({
  alarm: z
    .string({ error: alarmNameAllowed })
    .regex(/^[^\p{Cc}]{1,255}$/u, alarmNameAllowed)
    .refine((name) => !name.startsWith('paramedic/') && !name.startsWith('paramedic-self/'), {
      error: "an alarm of the team's own; those of Paramedic are heard anyway",
    })
    .meta({ description: "Name of the team's own alarm, or how it begins with `match: prefix`." }),
  match: field(z.enum(['exact', 'prefix']), 'Whether the name is whole or the beginning of one.', 'exact'),
  kind: z.enum(alarmKinds).meta({ description: 'What the alarm stands for.' }),
});

const dependency = z
  .string({ error: 'the name of a service of this file' })
  .regex(serviceIdPattern, 'the name of a service of this file');

export const actionKinds = Object.keys(grants) as ActionKind[];

/** Everything a service may set that is not its identity. Services in recovery.yaml and in scenarios set the same. */
export const policyConfig = z.strictObject({
  mode: field(mode, 'observe: say what would be done. approve: ask a person first. automatic: do it.', d.mode),
  actionModes: field(z.partialRecord(z.enum(actionKinds), mode), 'A mode for single actions.'),
  enforce: field(
    writtenPercent,
    'Share of the incidents in which approve and automatic hold; in the others it is observed what would be done.',
    d.enforce,
  ),
  senses: field(
    z.array(z.enum(senses)).max(senses.length),
    'Where evidence on single targets may come from.',
    d.senses,
  ),
  dedicatedLoadBalancer: field(
    z.boolean(),
    'Nothing else is behind the load balancer, so that its own 5xx count as errors of the service.',
    d.dedicatedLoadBalancer,
  ),
  containerInsights: field(
    z.boolean(),
    'Container Insights is on in the cluster: running and desired counts are there.',
    d.containerInsights,
  ),
  alarms: field(z.union([alarms, z.literal('none')]), 'The alarms Paramedic creates; none for none at all.'),
  signals: field(z.array(signal).max(50), "The team's own alarms that count as signals of the service."),
  dependsOn: field(
    z.array(dependency).max(50),
    'Services of this file whose trouble is also the trouble of this one: while they are in an incident nothing is changed here.',
  ),
  freezes: field(z.array(freeze).max(50), 'Times in which nothing is changed.'),
  limits: field(limitsConfig, 'How far Paramedic may go.'),
  fleet: field(fleetConfig, 'How far Paramedic may go over all services together.'),
  diagnosis: field(diagnosis, 'What makes a suspect, and how sure Paramedic must be.'),
  timing: field(timing, 'All waits, windows and patience.'),
});
export type PolicyConfig = z.output<typeof policyConfig>;
