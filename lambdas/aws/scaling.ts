import {
  ApplicationAutoScalingClient,
  DescribeScalingActivitiesCommand,
  type ScalingActivity,
} from '@aws-sdk/client-application-auto-scaling';
import type { ScalingFact } from '../model/facts.ts';
import type { Scaling } from '../ports/sight.ts';
import { instant, lastPart, needed, translated } from './answers.ts';
import { reading } from './clients.ts';

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
export const awsScaling = (client = new ApplicationAutoScalingClient(reading)): Scaling => ({
  activities: async ({ resources: { cluster, service } }) => {
    const answer = await client.send(
      new DescribeScalingActivitiesCommand({
        ServiceNamespace: 'ecs',
        ScalableDimension: 'ecs:service:DesiredCount',
        ResourceId: `service/${lastPart(cluster)}/${service}`,
      }),
    );
    const facts = needed(answer.ScalingActivities, call, 'ScalingActivities').map(scalingFact);
    // AWS documents no order. The newest come first, and only what is on the first page is looked at.
    if (answer.NextToken && startOf(facts[0]) < startOf(facts.at(-1)))
      throw new Error(`${call} does not answer the newest activities first.`);
    return facts.sort((a, b) => b.startedAt - a.startedAt);
  },
});

const startOf = (fact: ScalingFact | undefined): number => fact?.startedAt ?? 0;

function scalingFact({ StatusCode, StartTime, Description = '' }: ScalingActivity): ScalingFact {
  // `Setting desired count to 5.`
  const [, desired] = /desired count to (\d+)/.exec(Description) ?? [];
  return {
    startedAt: instant(StartTime, call, 'StartTime'),
    status: translated(StatusCode, statuses, call, 'StatusCode'),
    desired: desired === undefined ? null : Number(desired),
  };
}
