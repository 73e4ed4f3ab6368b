import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endedWorkflow } from '../../lambdas/aws/ended-workflow.ts';

const incidentId = '20260105-120000-abcdefgh';

/** As AWS documents it (https://docs.aws.amazon.com/lambda/latest/dg/durable-monitoring.html). */
const event = (change: object = {}) => ({
  version: '0',
  id: 'd019b03c-a8a3-9d58-85de-241e96206538',
  'detail-type': 'Durable Execution Status Change',
  source: 'aws.lambda',
  account: '123456789012',
  time: '2026-01-05T13:08:22Z',
  region: 'eu-central-1',
  resources: [],
  detail: {
    durableExecutionArn:
      'arn:aws:lambda:eu-central-1:123456789012:function:recover:2/durable-execution/090c4189/9f7d84c9',
    durableExecutionName: `prod-${incidentId}`,
    functionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:recover:2',
    status: 'FAILED',
    startTimestamp: '2026-01-05T12:00:01.345Z',
    endTimestamp: '2026-01-05T13:08:22.000Z',
    ...change,
  },
});

describe('endedWorkflow', () => {
  it.each([
    ['FAILED', 'The workflow of the incident failed with an error (FAILED).'],
    ['TIMED_OUT', 'The workflow of the incident ran longer than it may (TIMED_OUT).'],
    ['STOPPED', 'The workflow of the incident was stopped by somebody (STOPPED).'],
  ])('knows the incident of a workflow that is %s', (status, because) => {
    expect(endedWorkflow(event({ status }), 'prod')).toEqual({ incidentId, because });
  });

  it.each([
    ['that runs', { status: 'RUNNING' }],
    ['that succeeded', { status: 'SUCCEEDED' }],
    ['of another pipeline', { durableExecutionName: `prod-2-${incidentId}` }],
    ['that has no incident in its name', { durableExecutionName: 'prod-by-hand' }],
    ['without a name', { durableExecutionName: undefined }],
  ])('knows none of an execution %s', (_, change) => {
    expect(endedWorkflow(event(change), 'prod')).toBeUndefined();
  });

  it('knows nothing of anything else, and never throws', () => {
    fc.assert(fc.property(fc.anything(), (anything) => endedWorkflow(anything, 'prod') === undefined));
  });
});
