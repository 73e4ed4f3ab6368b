// Generated from @aws-sdk/client-elastic-load-balancing-v2 3.1142.0 by `npm run generate`; do not edit.
import { AwsQueryProtocol } from '@aws-sdk/core/protocols';
import { defaultEndpointResolver } from '../../../node_modules/@aws-sdk/client-elastic-load-balancing-v2/dist-es/endpoint/endpointResolver.js';
import { clientOf, commandsOf } from './service-client.mjs';

const s0 = [9, "com.amazonaws.elasticloadbalancingv2", "DeregisterTargets", 0, () => s1, () => s4];
const s1 = [3, "com.amazonaws.elasticloadbalancingv2", "DeregisterTargetsInput", 0, ["TargetGroupArn", "Targets"], [0, () => s2], 2];
const s2 = [1, "com.amazonaws.elasticloadbalancingv2", "TargetDescriptions", 0, () => s3];
const s3 = [3, "com.amazonaws.elasticloadbalancingv2", "TargetDescription", 0, ["Id", "Port", "AvailabilityZone"], [0, 1, 0], 1];
const s4 = [3, "com.amazonaws.elasticloadbalancingv2", "DeregisterTargetsOutput", 0, [], []];
const s5 = [9, "com.amazonaws.elasticloadbalancingv2", "DescribeTargetGroupAttributes", 0, () => s6, () => s7];
const s6 = [3, "com.amazonaws.elasticloadbalancingv2", "DescribeTargetGroupAttributesInput", 0, ["TargetGroupArn"], [0], 1];
const s7 = [3, "com.amazonaws.elasticloadbalancingv2", "DescribeTargetGroupAttributesOutput", 0, ["Attributes"], [() => s8]];
const s8 = [1, "com.amazonaws.elasticloadbalancingv2", "TargetGroupAttributes", 0, () => s9];
const s9 = [3, "com.amazonaws.elasticloadbalancingv2", "TargetGroupAttribute", 0, ["Key", "Value"], [0, 0]];
const s10 = [9, "com.amazonaws.elasticloadbalancingv2", "DescribeTargetHealth", 0, () => s11, () => s12];
const s11 = [3, "com.amazonaws.elasticloadbalancingv2", "DescribeTargetHealthInput", 0, ["TargetGroupArn", "Targets", "Include"], [0, () => s2, 64], 1];
const s12 = [3, "com.amazonaws.elasticloadbalancingv2", "DescribeTargetHealthOutput", 0, ["TargetHealthDescriptions"], [() => s13]];
const s13 = [1, "com.amazonaws.elasticloadbalancingv2", "TargetHealthDescriptions", 0, () => s14];
const s14 = [3, "com.amazonaws.elasticloadbalancingv2", "TargetHealthDescription", 0, ["Target", "TargetHealth", "AnomalyDetection", "AdministrativeOverride"], [() => s3, () => s15, () => s16, () => s17]];
const s15 = [3, "com.amazonaws.elasticloadbalancingv2", "TargetHealth", 0, ["State", "Description"], [0, 0]];
const s16 = [3, "com.amazonaws.elasticloadbalancingv2", "AnomalyDetection", 0, ["Result"], [0]];
const s17 = [3, "com.amazonaws.elasticloadbalancingv2", "AdministrativeOverride", 0, ["State", "Description"], [0, 0]];
const s18 = [9, "com.amazonaws.elasticloadbalancingv2", "RegisterTargets", 0, () => s19, () => s20];
const s19 = [3, "com.amazonaws.elasticloadbalancingv2", "RegisterTargetsInput", 0, ["TargetGroupArn", "Targets"], [0, () => s2], 2];
const s20 = [3, "com.amazonaws.elasticloadbalancingv2", "RegisterTargetsOutput", 0, [], []];

const service = {
  clientName: "ElasticLoadBalancingV2Client",
  serviceId: "Elastic Load Balancing v2",
  sdkVersion: "3.1142.0",
  apiVersion: "2015-12-01",
  signingName: "elasticloadbalancing",
  defaultMaxAttempts: 3,
  baseDelay: 50,
  protocol: AwsQueryProtocol,
  protocolSettings: {"defaultNamespace":"com.amazonaws.elasticloadbalancingv2","xmlNamespace":"http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/","version":"2015-12-01","serviceTarget":"ElasticLoadBalancing_v10"},
  endpointProvider: defaultEndpointResolver,
};
const command = /* @__PURE__ */ commandsOf(service);

export const DeregisterTargetsCommand = /* @__PURE__ */ command(s0);
export const DescribeTargetGroupAttributesCommand = /* @__PURE__ */ command(s5);
export const DescribeTargetHealthCommand = /* @__PURE__ */ command(s10);
export const ElasticLoadBalancingV2Client = /* @__PURE__ */ clientOf(service);
export const RegisterTargetsCommand = /* @__PURE__ */ command(s18);
