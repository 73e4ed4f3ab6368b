import { register } from 'tsx/esm/api';

register();
await import('./play-worker.ts');
