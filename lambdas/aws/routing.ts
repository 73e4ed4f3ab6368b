import {
  DescribeTargetGroupAttributesCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Routing } from '../ports/sight.ts';
import { translated } from './answers.ts';
import { reading } from './clients.ts';

const call = 'DescribeTargetGroupAttributes';
const attribute = 'load_balancing.cross_zone.enabled';

/**
 * An Application Load Balancer always spreads requests over the zones, unless a target group says otherwise
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html).
 */
const answers: Readonly<Record<string, boolean>> = {
  true: true,
  false: false,
  use_load_balancer_configuration: true,
};

export const awsRouting = (client = new ElasticLoadBalancingV2Client(reading)): Routing => ({
  crossZone: async ({ resources }) => {
    const groups = await Promise.all(
      resources.targetGroups.map(async (targetGroup) => {
        const answer = await client.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn: targetGroup }));
        const found = answer.Attributes?.find(({ Key }) => Key === attribute);
        return translated(found?.Value, answers, call, attribute);
      }),
    );
    return groups.every((spreads) => spreads);
  },
});
