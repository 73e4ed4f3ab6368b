import { z } from 'zod';
import type { LogSource, MessageLimit, ServiceSettings } from '../../lambdas/contract/settings.ts';
import { partitionOf } from './arn.ts';
import { checkRecovery } from './check.ts';
import { identityDefaults, installDefaults } from './defaults.ts';
import { mergePolicy } from './merge.ts';
import { messageLimit } from './messages.ts';
import { type Reading, readYaml } from './read-yaml.ts';
import { type RecoveryConfig, type RecoveryInput, recoveryConfig, type ServiceConfig } from './schema.ts';
import { serviceSettings } from './settings.ts';

/** How and where Paramedic is installed, defaults filled in; null for what is left to CDK or created. */
export type Install = {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly bootstrapQualifier: string | null;
  readonly permissionsBoundary: string | null;
  readonly rolePath: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly logRetentionDays: number;
  readonly topicArn: string | null;
  readonly kmsKeyArn: string | null;
  readonly removal: 'keep' | 'destroy';
  readonly reserveConcurrency: boolean;
  /** How often it is looked for what no event told of. */
  readonly sweepEvery: { readonly minutes: number };
  /** How many messages a topic gets, and within which time. */
  readonly messages: MessageLimit;
  /** Who hears of trouble with Paramedic itself. */
  readonly operators: readonly string[];
  readonly runbook: string | null;
};

/** One service: what it knows at run time, and what only its deployment needs. */
export type ServicePlan = {
  readonly settings: ServiceSettings;
  readonly notify: readonly string[];
  readonly group: string | null;
  readonly managedTags: boolean;
  /** Roles of its task definitions; null where nobody has said whether there are any. */
  readonly passRoles: readonly string[] | null;
  /** Family of its task definitions; null where it is not named. */
  readonly taskDefinition: string | null;
};

/** recovery.yaml, whole and consistent. */
export type Recovery = {
  readonly install: Install;
  readonly owners: Readonly<Record<string, { readonly email: readonly string[] }>>;
  readonly services: readonly ServicePlan[];
};

/** Checks a whole recovery.yaml: each field by itself, then how the parts fit together. */
const checkedConfig = recoveryConfig.superRefine(checkRecovery);

/** Reads recovery.yaml. Never throws. */
export function readRecovery(file: string, text: string): Reading<Recovery> {
  const read = readYaml(file, text, checkedConfig);
  return 'problems' in read ? read : { value: planOf(read.value) };
}

/** The same from code, for CDK apps of your own. Throws zod's error, whose message names every place. */
export const recoveryOf = (config: RecoveryInput): Recovery => planOf(checkedConfig.parse(config));

function installOf({ install, owners }: RecoveryConfig): Install {
  return {
    name: install.name,
    account: install.account,
    region: install.region,
    partition: partitionOf(install.region),
    bootstrapQualifier: install.bootstrapQualifier ?? null,
    permissionsBoundary: install.permissionsBoundary ?? null,
    rolePath: install.rolePath ?? installDefaults.rolePath,
    tags: install.tags ?? {},
    logRetentionDays: install.logRetention ?? Number.parseInt(installDefaults.logRetention, 10),
    topicArn: install.topicArn ?? null,
    kmsKeyArn: install.kmsKeyArn ?? null,
    removal: install.removal ?? installDefaults.removal,
    reserveConcurrency: install.reserveConcurrency ?? installDefaults.reserveConcurrency,
    sweepEvery: install.sweepEvery ?? { minutes: Number.parseInt(installDefaults.sweepEvery, 10) },
    messages: messageLimit(install.messages),
    operators: install.operators ?? [...new Set(Object.values(owners).flatMap(({ email }) => email))],
    runbook: install.runbook ?? null,
  };
}

const unitsPerSecond = { s: 1, ms: 1000, us: 1_000_000, ns: 1_000_000_000 } as const;

const logsOf = ({ logs }: ServiceConfig): LogSource | null =>
  logs === undefined
    ? null
    : {
        logGroup: logs.logGroup,
        status: logs.status,
        duration: logs.duration,
        durationPerSecond: unitsPerSecond[logs.unit ?? 'ms'],
      };

/** `checkRecovery` has seen to it that these are there, in the service or in the defaults. */
function given<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what} is missing`);
  return value;
}

function servicePlan(id: string, config: RecoveryConfig, install: Install): ServicePlan {
  const own = given(config.services[id], `services.${id}`);
  const service = { ...config.defaults, ...own };
  return {
    settings: serviceSettings({
      pipeline: install.name,
      id,
      region: install.region,
      partition: install.partition,
      account: install.account,
      ...(install.topicArn === null ? {} : { topic: install.topicArn }),
      identity: {
        owner: given(service.owner, `services.${id}.owner`),
        runbook: given(service.runbook, `services.${id}.runbook`),
        cluster: given(service.cluster, `services.${id}.cluster`),
        service: service.service,
        loadBalancer: service.loadBalancer ?? '',
        targetGroups: service.targetGroups ?? [],
        logs: logsOf(service),
        stack: service.stack ?? null,
      },
      policy: mergePolicy(config.defaults ?? {}, own),
    }),
    notify: service.notify ?? [],
    group: service.group ?? null,
    managedTags: service.managedTags ?? identityDefaults.managedTags,
    passRoles: service.passRoles ?? null,
    taskDefinition: service.taskDefinition ?? null,
  };
}

function planOf(config: RecoveryConfig): Recovery {
  const install = installOf(config);
  return {
    install,
    owners: config.owners,
    services: Object.keys(config.services).map((id) => servicePlan(id, config, install)),
  };
}

/** The JSON Schema of recovery.yaml, for editors; a pure function of the schema. */
export const recoveryJsonSchema = (): object => ({
  ...z.toJSONSchema(recoveryConfig, { io: 'input' }),
  title: 'recovery.yaml of Paramedic',
});
