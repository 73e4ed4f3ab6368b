#!/usr/bin/env node
import { main } from './paramedic.ts';

// `paramedic ... | head` ends when head does, without a complaint.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await main(process.argv.slice(2));
