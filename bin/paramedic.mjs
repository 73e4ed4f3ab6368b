#!/usr/bin/env node
// Node 20 does not run TypeScript: tsx does, from here on.
import { register } from 'tsx/esm/api';

register();
const { main } = await import('./paramedic.ts');
process.exitCode = await main(process.argv.slice(2));
