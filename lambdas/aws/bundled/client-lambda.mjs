/**
 * Takes the place of `@aws-sdk/client-lambda` in bundles (see lib/constructs/esbuild-options.ts). The durable SDK imports it
 * whole, at run time, so that nothing can be shaken off; these are the calls that are really made.
 */
export {
  CheckpointDurableExecutionCommand,
  GetDurableExecutionStateCommand,
  InvokeCommand,
  LambdaClient,
} from '../../../node_modules/@aws-sdk/client-lambda/dist-es/index.js';
