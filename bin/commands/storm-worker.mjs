import { register } from 'tsx/esm/api';

register();
await import('./storm-worker.ts');
