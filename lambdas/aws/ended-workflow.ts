import { executionName, incidentIdPattern } from '../contract/names.ts';

/** A workflow that ended without ending its incident. */
export type EndedWorkflow = { readonly incidentId: string; readonly because: string };

const endings: Readonly<Record<string, string>> = {
  FAILED: 'failed with an error',
  TIMED_OUT: 'ran longer than it may',
  STOPPED: 'was stopped by somebody',
};

/**
 * Reads a "Durable Execution Status Change" event (https://docs.aws.amazon.com/lambda/latest/dg/durable-monitoring.html).
 * `undefined` for one that tells of no such end, or of an execution that is none of this pipeline's incidents.
 */
export function endedWorkflow(event: unknown, pipeline: string): EndedWorkflow | undefined {
  const detail = fieldOf(event, 'detail');
  const status = fieldOf(detail, 'status');
  const name = fieldOf(detail, 'durableExecutionName');
  const ending = typeof status === 'string' ? endings[status] : undefined;
  const prefix = executionName(pipeline, '');
  if (ending === undefined || typeof name !== 'string' || !name.startsWith(prefix)) return undefined;
  const incidentId = name.slice(prefix.length);
  if (!incidentIdPattern.test(incidentId)) return undefined;
  return { incidentId, because: `The workflow of the incident ${ending} (${status}).` };
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? new Map<string, unknown>(Object.entries(value)).get(name) : undefined;
