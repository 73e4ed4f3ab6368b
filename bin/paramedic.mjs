#!/usr/bin/env node
// Node 20 does not run TypeScript: tsx does, from here on.
import { register } from 'tsx/esm/api';

// `paramedic ... | head` ends when head does, without a complaint.
process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1));

register();
const { main } = await import('./paramedic.ts');
process.exitCode = await main(process.argv.slice(2));
