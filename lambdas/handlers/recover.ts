import { once } from '../aws/once.ts';
import { recoverFunctions, recoverPorts } from '../aws/ports.ts';
import { durable } from '../aws/workflow.ts';
import { recover } from '../pipeline/recover.ts';

const wired = once(() => ({ ports: recoverPorts(process.env), functions: recoverFunctions(process.env) }));

/** One incident, from its first signal to its end. */
export const handler = durable(recover, wired);
