import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { type Recovery, recoveryOf } from '../../lib/config/recovery.ts';
import type { RecoveryInput } from '../../lib/config/schema.ts';
import { addStacks } from '../../lib/stacks/add-stacks.ts';

export type Resource = {
  readonly Type: string;
  // biome keeps no types of CloudFormation: properties are looked into by tests alone.
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
};
export type Template = { readonly Resources: Readonly<Record<string, Resource>> };

type ServiceInput = RecoveryInput['services'][string];

export const accountArn = (service: string, resource: string): string =>
  `arn:aws:${service}:eu-central-1:123456789012:${resource}`;

/** A valid service with nothing but what it must have. */
export const serviceInput = (id: string, over: Partial<ServiceInput> = {}): ServiceInput => ({
  owner: 'shop',
  runbook: `https://runbooks.example.com/${id}`,
  cluster: accountArn('ecs', 'cluster/production'),
  service: id,
  loadBalancer: 'app/production-public/50dc6c495c0c9188',
  targetGroups: [accountArn('elasticloadbalancing', `targetgroup/${id}/${hexadecimal(id)}`)],
  alarms: { latency: { threshold: '800ms' } },
  ...over,
});

/** Sixteen hexadecimal digits that depend on the text alone. */
const hexadecimal = (text: string): string =>
  [...text]
    .reduce((hash, character) => (hash * 31n + BigInt(character.charCodeAt(0))) % 2n ** 64n, 7n)
    .toString(16)
    .padStart(16, '0');

export const recoveryWith = (
  services: RecoveryInput['services'],
  install: Partial<RecoveryInput['install']> = {},
): Recovery =>
  recoveryOf({
    install: { name: 'prod', account: '123456789012', region: 'eu-central-1', ...install },
    owners: { shop: { email: ['shop@example.com'] }, platform: { email: ['platform@example.com'] } },
    services,
  });

/** So many services, `service-1` first. */
export const manyServices = (count: number): Recovery =>
  recoveryWith(
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`service-${i + 1}`, serviceInput(`service-${i + 1}`)])),
  );

const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')) as { context: object };

/** An app as `cdk synth` makes it, but without bundling the functions' code and without CloudFormation's schema checks. */
export const quickApp = (): App =>
  new App({
    context: { ...context, 'aws:cdk:bundling-stacks': [], 'aws:cdk:disable-stack-trace': true },
    treeMetadata: false,
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
  });

/** The text of each stack's template, by the name of the stack. */
export function templateTexts(recovery: Recovery): ReadonlyMap<string, string> {
  const app = quickApp();
  addStacks(app, recovery);
  return new Map(app.synth().stacks.map((stack) => [stack.stackName, JSON.stringify(stack.template)]));
}

export function templates(recovery: Recovery): ReadonlyMap<string, Template> {
  return new Map([...templateTexts(recovery)].map(([name, text]) => [name, JSON.parse(text) as Template]));
}

export const pipelineTemplate = (recovery: Recovery): Template =>
  templates(recovery).get(`paramedic-${recovery.install.name}`) ?? { Resources: {} };

export const ofType = (template: Template, type: string): readonly (Resource & { readonly id: string })[] =>
  Object.entries(template.Resources)
    .filter(([, { Type }]) => Type === type)
    .map(([id, resource]) => ({ id, ...resource }));
