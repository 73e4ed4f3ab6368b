import { endedWorkflow } from '../aws/ended-workflow.ts';
import { log } from '../aws/log.ts';
import { once } from '../aws/once.ts';
import { pipelineIn, workflowEndedPorts } from '../aws/ports.ts';
import { abandon } from '../pipeline/abandon.ts';

const wired = once(() => ({ ports: workflowEndedPorts(process.env), pipeline: pipelineIn(process.env) }));

/** A workflow failed, ran out of time or was stopped: its incident is handed over and its service freed. */
export const handler = async (event: unknown) => {
  const { ports, pipeline } = wired();
  const ended = endedWorkflow(event, pipeline);
  if (ended === undefined) {
    log.info('Not the end of a workflow of this pipeline');
    return { abandoned: null };
  }
  log.warn('Workflow ended before its incident', { ended });
  await abandon(ended.incidentId, ended.because, ports);
  return { abandoned: ended.incidentId };
};
