#!/usr/bin/env node
// The door in a checkout. Node 20 does not run TypeScript: tsx does, from here on. The package has JavaScript (dist/bin).
import { register } from 'tsx/esm/api';

register();
await import('./door.ts');
