import { log } from '../aws/log.ts';
import { once } from '../aws/once.ts';
import { pipelineIn, signalPorts } from '../aws/ports.ts';
import { receive } from '../pipeline/receive.ts';

const wired = once(() => ({ ports: signalPorts(process.env), pipeline: pipelineIn(process.env) }));

/** One EventBridge event. What can never be a signal is answered; what failed is thrown, so that Lambda brings it again. */
export const handler = async (event: unknown) => {
  const { ports, pipeline } = wired();
  const received = await receive(event, ports, pipeline);
  log.info('ignored' in received ? 'Event ignored' : 'Signal received', { received });
  return received;
};
