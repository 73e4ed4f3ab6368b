import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Account } from './account.ts';
import type { Network } from './fleet-network.ts';

/** The load balancer of a service, as its metric dimension names it, and its target groups' ARNs. */
export type Entrance = { readonly loadBalancer: string; readonly targetGroups: readonly string[] };

/** An Application Load Balancer with a listener on a port of its own for each target group. */
export async function openEntrance(
  account: Account,
  { vpc, subnets, securityGroup }: Network,
  service: string,
  count: number,
): Promise<Entrance> {
  const elb = new ElasticLoadBalancingV2Client(account.client('fleet'));
  const { LoadBalancers } = await elb.send(
    new CreateLoadBalancerCommand({
      Name: service,
      Type: 'application',
      Subnets: subnets.map(({ id }) => id),
      SecurityGroups: [securityGroup],
    }),
  );
  const arn = LoadBalancers?.[0]?.LoadBalancerArn ?? '';
  const targetGroups: string[] = [];
  for (let n = 0; n < count; n++) {
    const { TargetGroups } = await elb.send(
      new CreateTargetGroupCommand({
        Name: `${service}-${n + 1}`,
        Protocol: 'HTTP',
        Port: 80,
        VpcId: vpc,
        TargetType: 'ip',
        HealthCheckPath: '/health',
      }),
    );
    const TargetGroupArn = TargetGroups?.[0]?.TargetGroupArn ?? '';
    const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn }];
    await elb.send(new CreateListenerCommand({ LoadBalancerArn: arn, Protocol: 'HTTP', Port: 80 + n, DefaultActions }));
    targetGroups.push(TargetGroupArn);
  }
  return { loadBalancer: arn.slice(arn.indexOf(':loadbalancer/') + ':loadbalancer/'.length), targetGroups };
}
