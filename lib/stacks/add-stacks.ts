import { BOOTSTRAP_QUALIFIER_CONTEXT } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Recovery, ServicePlan } from '../config/recovery.ts';
import { PipelineStack } from './pipeline-stack.ts';
import { ServiceStack } from './service-stack.ts';
import { groupStackName, pipelineStackName, serviceStackName } from './stack-props.ts';

/** All stacks of one recovery.yaml. Which one a service is in depends on that service alone: its own, or its group's. */
export function addStacks(scope: Construct, recovery: Recovery): void {
  const { install, services } = recovery;
  if (install.bootstrapQualifier !== null)
    scope.node.setContext(BOOTSTRAP_QUALIFIER_CONTEXT, install.bootstrapQualifier);
  const pipeline = new PipelineStack(scope, pipelineStackName(install), recovery);
  const stacks = new Map<string, ServicePlan[]>();
  for (const plan of services) {
    const { group, settings } = plan;
    const name = group === null ? serviceStackName(install, settings.id) : groupStackName(install, group);
    stacks.set(name, [...(stacks.get(name) ?? []), plan]);
  }
  // The rules of a service send to a function and a queue of the pipeline: it is deployed first. No export ties them.
  for (const [name, plans] of stacks) new ServiceStack(scope, name, install, plans).addStackDependency(pipeline);
}
