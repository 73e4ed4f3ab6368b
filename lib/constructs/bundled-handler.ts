import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import { esbuildOptions } from './esbuild-options.ts';

const handlers = fileURLToPath(new URL('../../lambdas/handlers/', import.meta.url));
/** `.ts` in a checkout, `.js` in the package. */
const extension = extname(import.meta.url);

/**
 * The code of `lambdas/handlers/<name>` in one file, bundled here and now by esbuild: no Docker, no npx. The asset is
 * known by what comes out, so that a function changes only when its code does.
 */
export const bundledHandler = (name: string): Code =>
  Code.fromAsset(handlers, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // CDK wants an image to fall back on; there is none, and bundling fails instead.
      image: DockerImage.fromRegistry('none'),
      // Tells the assets apart: CDK remembers them by folder and command, and would take the first one's code for all.
      command: [name],
      local: {
        tryBundle: (outputDir) => {
          buildSync({
            ...esbuildOptions,
            entryPoints: [`${handlers}${name}${extension}`],
            outfile: join(outputDir, 'index.mjs'),
          });
          return true;
        },
      },
    },
  });
