// Generated from @aws-sdk/client-ecs 3.1142.0 by `npm run generate`; do not edit.
import { AwsJson1_1Protocol } from '@aws-sdk/core/protocols';
import { createPaginator } from '@smithy/core';
import { defaultEndpointResolver } from '../../../node_modules/@aws-sdk/client-ecs/dist-es/endpoint/endpointResolver.js';
import { clientOf, commandsOf } from './service-client.mjs';

const s0 = [9, "com.amazonaws.ecs", "DescribeContainerInstances", 0, () => s1, () => s2];
const s1 = [3, "com.amazonaws.ecs", "DescribeContainerInstancesRequest", 0, ["containerInstances", "cluster"], [64, 0], 1];
const s2 = [3, "com.amazonaws.ecs", "DescribeContainerInstancesResponse", 0, ["containerInstances", "failures"], [() => s3, () => s11]];
const s3 = [1, "com.amazonaws.ecs", "ContainerInstances", 0, () => s4];
const s4 = [3, "com.amazonaws.ecs", "ContainerInstance", 0, ["containerInstanceArn", "ec2InstanceId", "version", "status", "attributes", "attachments"], [0, 0, 1, 0, () => s5, () => s7]];
const s5 = [1, "com.amazonaws.ecs", "Attributes", 0, () => s6];
const s6 = [3, "com.amazonaws.ecs", "Attribute", 0, ["name", "value"], [0, 0], 1];
const s7 = [1, "com.amazonaws.ecs", "Attachments", 0, () => s8];
const s8 = [3, "com.amazonaws.ecs", "Attachment", 0, ["id", "type", "status", "details"], [0, 0, 0, () => s9]];
const s9 = [1, "com.amazonaws.ecs", "AttachmentDetails", 0, () => s10];
const s10 = [3, "com.amazonaws.ecs", "KeyValuePair", 0, ["name", "value"], [0, 0]];
const s11 = [1, "com.amazonaws.ecs", "Failures", 0, () => s12];
const s12 = [3, "com.amazonaws.ecs", "Failure", 0, ["arn", "reason", "detail"], [0, 0, 0]];
const s13 = [9, "com.amazonaws.ecs", "DescribeServiceDeployments", 0, () => s14, () => s15];
const s14 = [3, "com.amazonaws.ecs", "DescribeServiceDeploymentsRequest", 0, ["serviceDeploymentArns"], [64], 1];
const s15 = [3, "com.amazonaws.ecs", "DescribeServiceDeploymentsResponse", 0, ["serviceDeployments", "failures"], [() => s16, () => s11]];
const s16 = [1, "com.amazonaws.ecs", "ServiceDeployments", 0, () => s17];
const s17 = [3, "com.amazonaws.ecs", "ServiceDeployment", 0, ["serviceDeploymentArn", "serviceArn", "createdAt", "startedAt", "finishedAt", "stoppedAt", "status", "deploymentConfiguration", "rollback", "alarms"], [0, 0, 4, 4, 4, 4, 0, () => s18, () => s20, () => s21]];
const s18 = [3, "com.amazonaws.ecs", "DeploymentConfiguration", 0, ["maximumPercent", "minimumHealthyPercent", "alarms", "strategy"], [1, 1, () => s19, 0]];
const s19 = [3, "com.amazonaws.ecs", "DeploymentAlarms", 0, ["rollback"], [2], 1];
const s20 = [3, "com.amazonaws.ecs", "Rollback", 0, ["reason", "startedAt", "serviceRevisionArn"], [0, 4, 0]];
const s21 = [3, "com.amazonaws.ecs", "ServiceDeploymentAlarms", 0, ["status"], [0]];
const s22 = [9, "com.amazonaws.ecs", "DescribeServiceRevisions", 0, () => s23, () => s24];
const s23 = [3, "com.amazonaws.ecs", "DescribeServiceRevisionsRequest", 0, ["serviceRevisionArns"], [64], 1];
const s24 = [3, "com.amazonaws.ecs", "DescribeServiceRevisionsResponse", 0, ["serviceRevisions", "failures"], [() => s25, () => s11]];
const s25 = [1, "com.amazonaws.ecs", "ServiceRevisions", 0, () => s26];
const s26 = [3, "com.amazonaws.ecs", "ServiceRevision", 0, ["serviceRevisionArn", "serviceArn", "taskDefinition", "loadBalancers", "serviceRegistries", "containerImages", "serviceConnectConfiguration", "createdAt", "vpcLatticeConfigurations"], [0, 0, 0, () => s27, () => s30, () => s32, () => s34, 4, () => s38]];
const s27 = [1, "com.amazonaws.ecs", "LoadBalancers", 0, () => s28];
const s28 = [3, "com.amazonaws.ecs", "LoadBalancer", 0, ["targetGroupArn", "advancedConfiguration"], [0, () => s29]];
const s29 = [3, "com.amazonaws.ecs", "AdvancedConfiguration", 0, ["alternateTargetGroupArn"], [0]];
const s30 = [1, "com.amazonaws.ecs", "ServiceRegistries", 0, () => s31];
const s31 = [3, "com.amazonaws.ecs", "ServiceRegistry", 0, ["port"], [1]];
const s32 = [1, "com.amazonaws.ecs", "ContainerImages", 0, () => s33];
const s33 = [3, "com.amazonaws.ecs", "ContainerImage", 0, ["imageDigest", "image"], [0, 0]];
const s34 = [3, "com.amazonaws.ecs", "ServiceConnectConfiguration", 0, ["enabled", "namespace", "services"], [2, 0, () => s35], 1];
const s35 = [1, "com.amazonaws.ecs", "ServiceConnectServiceList", 0, () => s36];
const s36 = [3, "com.amazonaws.ecs", "ServiceConnectService", 0, ["timeout"], [() => s37]];
const s37 = [3, "com.amazonaws.ecs", "TimeoutConfiguration", 0, [], []];
const s38 = [1, "com.amazonaws.ecs", "VpcLatticeConfigurations", 0, () => s39];
const s39 = [3, "com.amazonaws.ecs", "VpcLatticeConfiguration", 0, ["targetGroupArn"], [0], 1];
const s40 = [9, "com.amazonaws.ecs", "DescribeServices", 0, () => s41, () => s42];
const s41 = [3, "com.amazonaws.ecs", "DescribeServicesRequest", 0, ["services", "cluster"], [64, 0], 1];
const s42 = [3, "com.amazonaws.ecs", "DescribeServicesResponse", 0, ["services", "failures"], [() => s43, () => s11]];
const s43 = [1, "com.amazonaws.ecs", "Services", 0, () => s44];
const s44 = [3, "com.amazonaws.ecs", "Service", 0, ["serviceArn", "serviceName", "loadBalancers", "serviceRegistries", "status", "desiredCount", "runningCount", "pendingCount", "taskDefinition", "deploymentConfiguration", "deployments", "createdAt", "schedulingStrategy", "deploymentController"], [0, 0, () => s27, () => s30, 0, 1, 1, 1, 0, () => s18, () => s45, 4, 0, () => s47]];
const s45 = [1, "com.amazonaws.ecs", "Deployments", 0, () => s46];
const s46 = [3, "com.amazonaws.ecs", "Deployment", 0, ["id", "status", "taskDefinition", "desiredCount", "pendingCount", "runningCount", "createdAt", "serviceConnectConfiguration", "vpcLatticeConfigurations"], [0, 0, 0, 1, 1, 1, 4, () => s34, () => s38]];
const s47 = [3, "com.amazonaws.ecs", "DeploymentController", 0, ["type"], [0], 1];
const s48 = [9, "com.amazonaws.ecs", "DescribeTaskDefinition", 0, () => s49, () => s50];
const s49 = [3, "com.amazonaws.ecs", "DescribeTaskDefinitionRequest", 0, ["taskDefinition"], [0], 1];
const s50 = [3, "com.amazonaws.ecs", "DescribeTaskDefinitionResponse", 0, ["taskDefinition"], [[() => s51, 0]]];
const s51 = [3, "com.amazonaws.ecs", "TaskDefinition", 0, ["taskDefinitionArn", "revision", "status"], [0, 1, 0]];
const s52 = [9, "com.amazonaws.ecs", "DescribeTasks", 0, () => s53, () => s54];
const s53 = [3, "com.amazonaws.ecs", "DescribeTasksRequest", 0, ["tasks", "cluster"], [64, 0], 1];
const s54 = [3, "com.amazonaws.ecs", "DescribeTasksResponse", 0, ["tasks", "failures"], [[() => s55, 0], () => s11]];
const s55 = [1, "com.amazonaws.ecs", "Tasks", 0, [() => s56, 0]];
const s56 = [3, "com.amazonaws.ecs", "Task", 0, ["attachments", "attributes", "availabilityZone", "containerInstanceArn", "containers", "createdAt", "desiredStatus", "executionStoppedAt", "group", "lastStatus", "startedAt", "stopCode", "stoppedAt", "stoppedReason", "stoppingAt", "taskArn", "taskDefinitionArn", "version"], [() => s7, () => s5, 0, 0, () => s57, 4, 0, 4, 0, 0, 4, 0, 4, 0, 4, 0, 0, 1]];
const s57 = [1, "com.amazonaws.ecs", "Containers", 0, () => s58];
const s58 = [3, "com.amazonaws.ecs", "Container", 0, ["taskArn", "name", "image", "imageDigest", "lastStatus", "reason", "networkBindings"], [0, 0, 0, 0, 0, 0, () => s59]];
const s59 = [1, "com.amazonaws.ecs", "NetworkBindings", 0, () => s60];
const s60 = [3, "com.amazonaws.ecs", "NetworkBinding", 0, ["hostPort", "protocol"], [1, 0]];
const s61 = [9, "com.amazonaws.ecs", "ListServiceDeployments", 0, () => s62, () => s64];
const s62 = [3, "com.amazonaws.ecs", "ListServiceDeploymentsRequest", 0, ["service", "cluster", "status", "createdAt", "nextToken", "maxResults"], [0, 0, 64, () => s63, 0, 1], 1];
const s63 = [3, "com.amazonaws.ecs", "CreatedAt", 0, ["before"], [4]];
const s64 = [3, "com.amazonaws.ecs", "ListServiceDeploymentsResponse", 0, ["serviceDeployments", "nextToken"], [() => s65, 0]];
const s65 = [1, "com.amazonaws.ecs", "ServiceDeploymentsBrief", 0, () => s66];
const s66 = [3, "com.amazonaws.ecs", "ServiceDeploymentBrief", 0, ["serviceDeploymentArn", "serviceArn", "startedAt", "createdAt", "finishedAt", "targetServiceRevisionArn", "status"], [0, 0, 4, 4, 4, 0, 0]];
const s67 = [9, "com.amazonaws.ecs", "ListTasks", 0, () => s68, () => s69];
const s68 = [3, "com.amazonaws.ecs", "ListTasksRequest", 0, ["cluster", "nextToken", "maxResults", "serviceName", "desiredStatus"], [0, 0, 1, 0, 0]];
const s69 = [3, "com.amazonaws.ecs", "ListTasksResponse", 0, ["taskArns", "nextToken"], [64, 0]];
const s70 = [9, "com.amazonaws.ecs", "StopServiceDeployment", 0, () => s71, () => s72];
const s71 = [3, "com.amazonaws.ecs", "StopServiceDeploymentRequest", 0, ["serviceDeploymentArn", "stopType"], [0, 0], 1];
const s72 = [3, "com.amazonaws.ecs", "StopServiceDeploymentResponse", 0, ["serviceDeploymentArn"], [0]];
const s73 = [9, "com.amazonaws.ecs", "StopTask", 0, () => s74, () => s75];
const s74 = [3, "com.amazonaws.ecs", "StopTaskRequest", 0, ["task", "cluster", "reason"], [0, 0, 0], 1];
const s75 = [3, "com.amazonaws.ecs", "StopTaskResponse", 0, ["task"], [[() => s56, 0]]];
const s76 = [9, "com.amazonaws.ecs", "UpdateService", 0, () => s77, () => s78];
const s77 = [3, "com.amazonaws.ecs", "UpdateServiceRequest", 0, ["service", "cluster", "desiredCount", "taskDefinition", "deploymentConfiguration", "forceNewDeployment", "deploymentController", "loadBalancers", "serviceRegistries", "serviceConnectConfiguration", "vpcLatticeConfigurations"], [0, 0, 1, 0, () => s18, 2, () => s47, () => s27, () => s30, () => s34, () => s38], 1];
const s78 = [3, "com.amazonaws.ecs", "UpdateServiceResponse", 0, ["service"], [() => s44]];

const service = {
  clientName: "ECSClient",
  serviceId: "ECS",
  sdkVersion: "3.1142.0",
  apiVersion: "2014-11-13",
  signingName: "ecs",
  defaultMaxAttempts: 3,
  baseDelay: 50,
  protocol: AwsJson1_1Protocol,
  protocolSettings: {"defaultNamespace":"com.amazonaws.ecs","xmlNamespace":"http://ecs.amazonaws.com/doc/2014-11-13/","version":"2014-11-13","serviceTarget":"AmazonEC2ContainerServiceV20141113"},
  endpointProvider: defaultEndpointResolver,
};
const command = /* @__PURE__ */ commandsOf(service);

export const DescribeContainerInstancesCommand = /* @__PURE__ */ command(s0);
export const DescribeServiceDeploymentsCommand = /* @__PURE__ */ command(s13);
export const DescribeServiceRevisionsCommand = /* @__PURE__ */ command(s22);
export const DescribeServicesCommand = /* @__PURE__ */ command(s40);
export const DescribeTaskDefinitionCommand = /* @__PURE__ */ command(s48);
export const DescribeTasksCommand = /* @__PURE__ */ command(s52);
export const ECSClient = /* @__PURE__ */ clientOf(service);
export const ListServiceDeploymentsCommand = /* @__PURE__ */ command(s61);
export const ListTasksCommand = /* @__PURE__ */ command(s67);
export const StopServiceDeploymentCommand = /* @__PURE__ */ command(s70);
export const StopTaskCommand = /* @__PURE__ */ command(s73);
export const UpdateServiceCommand = /* @__PURE__ */ command(s76);
export const paginateListTasks = /* @__PURE__ */ createPaginator(ECSClient, ListTasksCommand, 'nextToken', 'nextToken', 'maxResults');
