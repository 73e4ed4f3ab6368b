import { log } from '../aws/log.ts';
import { once } from '../aws/once.ts';
import { pipelineIn, sweepPorts } from '../aws/ports.ts';
import { sweep } from '../pipeline/sweep.ts';

const wired = once(() => ({ ports: sweepPorts(process.env), pipeline: pipelineIn(process.env) }));

/** Once a minute: looks for what nobody told of. What it could not do makes it fail, and the next one does it. */
export const handler = async () => {
  const { ports, pipeline } = wired();
  const swept = await sweep(ports, pipeline);
  if (swept.pickedUp + swept.outside + swept.failed.length > 0) log.info('Swept', { swept });
  if (swept.failed.length > 0) throw new Error(`The sweep could not do all: ${swept.failed.join(' ')}`);
  return swept;
};
