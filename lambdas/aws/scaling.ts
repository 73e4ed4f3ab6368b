import type { ScalingFact } from '../model/facts.ts';
import type { Scaling } from '../ports/sight.ts';
import { lastPart, needed, translated } from './answers.ts';
import { fieldOf, jsonIn } from './json-answer.ts';
import { pause as realPause } from './pause.ts';
import { askSigned } from './signed-call.ts';
import type { Environment } from './variables.ts';

const call = 'DescribeScalingActivities';

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ScalingActivity.html */
const statuses: Readonly<Record<string, ScalingFact['status']>> = {
  Pending: 'under-way',
  InProgress: 'under-way',
  Successful: 'ended',
  Overridden: 'ended',
  Unfulfilled: 'ended',
  Failed: 'ended',
};

/**
 * What Application Auto Scaling did to a service lately: the first page, of fifty activities. Services that it does not scale
 * have none.
 */
export const awsScaling = (env: Environment = process.env, pause = realPause): Scaling => ({
  activities: async ({ resources: { cluster, service } }) => {
    const body = JSON.stringify({
      ServiceNamespace: 'ecs',
      ScalableDimension: 'ecs:service:DesiredCount',
      ResourceId: `service/${lastPart(cluster)}/${service}`,
    });
    const headers = {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AnyScaleFrontendService.DescribeScalingActivities',
    };
    const asked = {
      service: 'application-autoscaling',
      endpoint: 'AWS_ENDPOINT_URL_APPLICATION_AUTO_SCALING',
      name: call,
      headers,
      body,
    };
    const answer = await askSigned(asked, (answered) => jsonIn(call, answered), env, pause);
    const activities = fieldOf(answer, 'ScalingActivities');
    if (!Array.isArray(activities)) throw new Error(`${call} answered without ScalingActivities.`);
    const facts = activities.map(scalingFact);
    // AWS documents no order. The newest come first, and only what is on the first page is looked at.
    if (fieldOf(answer, 'NextToken') && startOf(facts[0]) < startOf(facts.at(-1)))
      throw new Error(`${call} does not answer the newest activities first.`);
    return facts.sort((a, b) => b.startedAt - a.startedAt);
  },
});

const startOf = (fact: ScalingFact | undefined): number => fact?.startedAt ?? 0;

function scalingFact(activity: unknown): ScalingFact {
  const status = fieldOf(activity, 'StatusCode');
  const started = needed(fieldOf(activity, 'StartTime'), call, 'StartTime');
  // `Setting desired count to 5.`
  const [, desired] = /desired count to (\d+)/.exec(String(fieldOf(activity, 'Description'))) ?? [];
  return {
    startedAt: Math.round(Number(started) * 1000),
    status: translated(typeof status === 'string' ? status : undefined, statuses, call, 'StatusCode'),
    desired: desired === undefined ? null : Number(desired),
  };
}
