import { type BundlingOptions, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { esbuildOptions } from './esbuild-options.ts';

/** `esbuildOptions` as CDK wants them; bundled by the esbuild of this repository, without Docker. */
export const bundling: BundlingOptions = {
  format: OutputFormat.ESM,
  target: esbuildOptions.target,
  minify: esbuildOptions.minify,
  mainFields: [...esbuildOptions.mainFields],
  banner: esbuildOptions.banner.js,
  bundleAwsSDK: true,
  forceDockerBundling: false,
};
