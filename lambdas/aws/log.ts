import { Logger } from '@aws-lambda-powertools/logger';

/** Structured lines in the function's log group. Never anything from a task's own logs, and no message bodies. */
export const log = new Logger({ serviceName: 'paramedic' });
