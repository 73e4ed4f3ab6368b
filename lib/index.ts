/** What a CDK app of your own imports: recovery.yaml, and the stacks made of it. */
export type { Problem, Reading } from './config/read-yaml.ts';
export { renderProblem } from './config/read-yaml.ts';
export type { Install, Recovery, ServicePlan } from './config/recovery.ts';
export { readRecovery, recoveryOf } from './config/recovery.ts';
export type { RecoveryInput } from './config/schema.ts';
export { addStacks } from './stacks/add-stacks.ts';
export { PipelineStack } from './stacks/pipeline-stack.ts';
export { ServiceStack } from './stacks/service-stack.ts';
