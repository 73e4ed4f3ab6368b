import type { Account } from './account.ts';

/** Where a service runs: one subnet in each of three zones, and its security group. */
export type Network = {
  readonly vpc: string;
  readonly subnets: readonly { readonly id: string; readonly zone: string }[];
  readonly securityGroup: string;
};

/** Asks moto's EC2, which reads the account and Region from the header and verifies no signature. */
export async function ec2(account: Account, action: string, form: Readonly<Record<string, string>>): Promise<string> {
  const scope = `fleet/20260101/${account.region}/ec2/aws4_request`;
  const answer = await fetch(account.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
    },
    body: new URLSearchParams({ Action: action, Version: '2016-11-15', ...form }).toString(),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`EC2 refuses ${action}: ${text}`);
  return text;
}

export function idIn(xml: string, element: string): string {
  const id = new RegExp(`<${element}>([^<]+)</${element}>`).exec(xml)?.[1];
  if (id === undefined) throw new Error(`EC2 answered without ${element}: ${xml}`);
  return id;
}

export async function openNetwork(account: Account): Promise<Network> {
  const vpc = idIn(await ec2(account, 'CreateVpc', { CidrBlock: '10.0.0.0/16' }), 'vpcId');
  // moto's tasks read the DNS name of their network interface, which is there only in a VPC with DNS host names.
  await ec2(account, 'ModifyVpcAttribute', { VpcId: vpc, 'EnableDnsHostnames.Value': 'true' });
  const zones = ['a', 'b', 'c'].map((letter) => `${account.region}${letter}`);
  const subnets = [];
  for (const [n, zone] of zones.entries()) {
    const form = { VpcId: vpc, CidrBlock: `10.0.${n}.0/24`, AvailabilityZone: zone };
    subnets.push({ id: idIn(await ec2(account, 'CreateSubnet', form), 'subnetId'), zone });
  }
  const group = { VpcId: vpc, GroupName: 'service', GroupDescription: 'The tasks of the services' };
  return { vpc, subnets, securityGroup: idIn(await ec2(account, 'CreateSecurityGroup', group), 'groupId') };
}
