import type { StackProps } from 'aws-cdk-lib';
import type { Install } from '../config/recovery.ts';

export const pipelineStackName = (install: Install): string => `paramedic-${install.name}`;
export const serviceStackName = (install: Install, service: string): string =>
  `${pipelineStackName(install)}-service-${service}`;
export const groupStackName = (install: Install, group: string): string =>
  `${pipelineStackName(install)}-group-${group}`;

/** What the stacks of one installation have in common. */
export const stackProps = (install: Install, stackName: string, description: string): StackProps => ({
  stackName,
  description,
  env: { account: install.account, region: install.region },
  tags: { ...install.tags },
  analyticsReporting: false,
});
