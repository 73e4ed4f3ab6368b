import { createRequire } from 'node:module';
import { dirname } from 'node:path';

/** The folder of the package: the checkout, or where it is installed. A package may import itself by its name. */
export const packageRoot = dirname(createRequire(import.meta.url).resolve('paramedic/package.json'));
