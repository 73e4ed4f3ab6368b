// Generated from @aws-sdk/client-ecs 3.1142.0 by `npm run generate`; do not edit.
import { AwsJson1_1Protocol } from '@aws-sdk/core/protocols';
import { createPaginator } from '@smithy/core';
import { defaultEndpointResolver } from '../../../node_modules/@aws-sdk/client-ecs/dist-es/endpoint/endpointResolver.js';
import { clientOf, commandsOf } from './service-client.mjs';

const s0 = [9, "com.amazonaws.ecs", "DescribeContainerInstances", 0, () => s1, () => s2];
const s1 = [3, "com.amazonaws.ecs", "DescribeContainerInstancesRequest", 0, ["containerInstances", "cluster", "include"], [64, 0, 64], 1];
const s2 = [3, "com.amazonaws.ecs", "DescribeContainerInstancesResponse", 0, ["containerInstances", "failures"], [() => s3, () => s13]];
const s3 = [1, "com.amazonaws.ecs", "ContainerInstances", 0, () => s4];
const s4 = [3, "com.amazonaws.ecs", "ContainerInstance", 0, ["containerInstanceArn", "ec2InstanceId", "version", "status", "attributes", "attachments", "tags"], [0, 0, 1, 0, () => s5, () => s7, () => s11]];
const s5 = [1, "com.amazonaws.ecs", "Attributes", 0, () => s6];
const s6 = [3, "com.amazonaws.ecs", "Attribute", 0, ["name", "value"], [0, 0], 1];
const s7 = [1, "com.amazonaws.ecs", "Attachments", 0, () => s8];
const s8 = [3, "com.amazonaws.ecs", "Attachment", 0, ["id", "type", "status", "details"], [0, 0, 0, () => s9]];
const s9 = [1, "com.amazonaws.ecs", "AttachmentDetails", 0, () => s10];
const s10 = [3, "com.amazonaws.ecs", "KeyValuePair", 0, ["name", "value"], [0, 0]];
const s11 = [1, "com.amazonaws.ecs", "Tags", 0, () => s12];
const s12 = [3, "com.amazonaws.ecs", "Tag", 0, ["key", "value"], [0, 0]];
const s13 = [1, "com.amazonaws.ecs", "Failures", 0, () => s14];
const s14 = [3, "com.amazonaws.ecs", "Failure", 0, ["arn", "reason", "detail"], [0, 0, 0]];
const s15 = [9, "com.amazonaws.ecs", "DescribeServiceDeployments", 0, () => s16, () => s17];
const s16 = [3, "com.amazonaws.ecs", "DescribeServiceDeploymentsRequest", 0, ["serviceDeploymentArns"], [64], 1];
const s17 = [3, "com.amazonaws.ecs", "DescribeServiceDeploymentsResponse", 0, ["serviceDeployments", "failures"], [() => s18, () => s13]];
const s18 = [1, "com.amazonaws.ecs", "ServiceDeployments", 0, () => s19];
const s19 = [3, "com.amazonaws.ecs", "ServiceDeployment", 0, ["serviceDeploymentArn", "serviceArn", "createdAt", "startedAt", "finishedAt", "stoppedAt", "status", "deploymentConfiguration", "rollback", "alarms"], [0, 0, 4, 4, 4, 4, 0, () => s20, () => s22, () => s23]];
const s20 = [3, "com.amazonaws.ecs", "DeploymentConfiguration", 0, ["maximumPercent", "minimumHealthyPercent", "alarms", "strategy"], [1, 1, () => s21, 0]];
const s21 = [3, "com.amazonaws.ecs", "DeploymentAlarms", 0, ["rollback"], [2], 1];
const s22 = [3, "com.amazonaws.ecs", "Rollback", 0, ["reason", "startedAt", "serviceRevisionArn"], [0, 4, 0]];
const s23 = [3, "com.amazonaws.ecs", "ServiceDeploymentAlarms", 0, ["status"], [0]];
const s24 = [9, "com.amazonaws.ecs", "DescribeServiceRevisions", 0, () => s25, () => s26];
const s25 = [3, "com.amazonaws.ecs", "DescribeServiceRevisionsRequest", 0, ["serviceRevisionArns"], [64], 1];
const s26 = [3, "com.amazonaws.ecs", "DescribeServiceRevisionsResponse", 0, ["serviceRevisions", "failures"], [() => s27, () => s13]];
const s27 = [1, "com.amazonaws.ecs", "ServiceRevisions", 0, () => s28];
const s28 = [3, "com.amazonaws.ecs", "ServiceRevision", 0, ["serviceRevisionArn", "serviceArn", "taskDefinition", "loadBalancers", "serviceRegistries", "containerImages", "serviceConnectConfiguration", "createdAt", "vpcLatticeConfigurations"], [0, 0, 0, () => s29, () => s32, () => s34, () => s36, 4, () => s40]];
const s29 = [1, "com.amazonaws.ecs", "LoadBalancers", 0, () => s30];
const s30 = [3, "com.amazonaws.ecs", "LoadBalancer", 0, ["targetGroupArn", "advancedConfiguration"], [0, () => s31]];
const s31 = [3, "com.amazonaws.ecs", "AdvancedConfiguration", 0, ["alternateTargetGroupArn"], [0]];
const s32 = [1, "com.amazonaws.ecs", "ServiceRegistries", 0, () => s33];
const s33 = [3, "com.amazonaws.ecs", "ServiceRegistry", 0, ["port"], [1]];
const s34 = [1, "com.amazonaws.ecs", "ContainerImages", 0, () => s35];
const s35 = [3, "com.amazonaws.ecs", "ContainerImage", 0, ["imageDigest", "image"], [0, 0]];
const s36 = [3, "com.amazonaws.ecs", "ServiceConnectConfiguration", 0, ["enabled", "namespace", "services"], [2, 0, () => s37], 1];
const s37 = [1, "com.amazonaws.ecs", "ServiceConnectServiceList", 0, () => s38];
const s38 = [3, "com.amazonaws.ecs", "ServiceConnectService", 0, ["timeout"], [() => s39]];
const s39 = [3, "com.amazonaws.ecs", "TimeoutConfiguration", 0, [], []];
const s40 = [1, "com.amazonaws.ecs", "VpcLatticeConfigurations", 0, () => s41];
const s41 = [3, "com.amazonaws.ecs", "VpcLatticeConfiguration", 0, ["targetGroupArn"], [0], 1];
const s42 = [9, "com.amazonaws.ecs", "DescribeServices", 0, () => s43, () => s44];
const s43 = [3, "com.amazonaws.ecs", "DescribeServicesRequest", 0, ["services", "cluster", "include"], [64, 0, 64], 1];
const s44 = [3, "com.amazonaws.ecs", "DescribeServicesResponse", 0, ["services", "failures"], [() => s45, () => s13]];
const s45 = [1, "com.amazonaws.ecs", "Services", 0, () => s46];
const s46 = [3, "com.amazonaws.ecs", "Service", 0, ["serviceArn", "serviceName", "loadBalancers", "serviceRegistries", "status", "desiredCount", "runningCount", "pendingCount", "taskDefinition", "deploymentConfiguration", "deployments", "createdAt", "schedulingStrategy", "deploymentController", "tags"], [0, 0, () => s29, () => s32, 0, 1, 1, 1, 0, () => s20, () => s47, 4, 0, () => s49, () => s11]];
const s47 = [1, "com.amazonaws.ecs", "Deployments", 0, () => s48];
const s48 = [3, "com.amazonaws.ecs", "Deployment", 0, ["id", "status", "taskDefinition", "desiredCount", "pendingCount", "runningCount", "createdAt", "serviceConnectConfiguration", "vpcLatticeConfigurations"], [0, 0, 0, 1, 1, 1, 4, () => s36, () => s40]];
const s49 = [3, "com.amazonaws.ecs", "DeploymentController", 0, ["type"], [0], 1];
const s50 = [9, "com.amazonaws.ecs", "DescribeTaskDefinition", 0, () => s51, () => s52];
const s51 = [3, "com.amazonaws.ecs", "DescribeTaskDefinitionRequest", 0, ["taskDefinition", "include"], [0, 64], 1];
const s52 = [3, "com.amazonaws.ecs", "DescribeTaskDefinitionResponse", 0, ["taskDefinition", "tags"], [[() => s53, 0], () => s11]];
const s53 = [3, "com.amazonaws.ecs", "TaskDefinition", 0, ["taskDefinitionArn", "containerDefinitions", "revision", "status"], [0, [() => s54, 0], 1, 0]];
const s54 = [1, "com.amazonaws.ecs", "ContainerDefinitions", 0, [() => s55, 0]];
const s55 = [3, "com.amazonaws.ecs", "ContainerDefinition", 0, ["name", "image", "environment", "dependsOn", "hostname", "dockerLabels"], [0, 0, [() => s56, 0], () => s57, 0, 128]];
const s56 = [1, "com.amazonaws.ecs", "EnvironmentVariables", 8, () => s10];
const s57 = [1, "com.amazonaws.ecs", "ContainerDependencies", 0, () => s58];
const s58 = [3, "com.amazonaws.ecs", "ContainerDependency", 0, ["condition"], [0], 1];
const s59 = [9, "com.amazonaws.ecs", "DescribeTasks", 0, () => s60, () => s61];
const s60 = [3, "com.amazonaws.ecs", "DescribeTasksRequest", 0, ["tasks", "cluster", "include"], [64, 0, 64], 1];
const s61 = [3, "com.amazonaws.ecs", "DescribeTasksResponse", 0, ["tasks", "failures"], [[() => s62, 0], () => s13]];
const s62 = [1, "com.amazonaws.ecs", "Tasks", 0, [() => s63, 0]];
const s63 = [3, "com.amazonaws.ecs", "Task", 0, ["attachments", "attributes", "availabilityZone", "containerInstanceArn", "containers", "createdAt", "desiredStatus", "executionStoppedAt", "group", "lastStatus", "startedAt", "stopCode", "stoppedAt", "stoppedReason", "stoppingAt", "tags", "taskArn", "taskDefinitionArn", "version"], [() => s7, () => s5, 0, 0, () => s64, 4, 0, 4, 0, 0, 4, 0, 4, 0, 4, () => s11, 0, 0, 1]];
const s64 = [1, "com.amazonaws.ecs", "Containers", 0, () => s65];
const s65 = [3, "com.amazonaws.ecs", "Container", 0, ["taskArn", "name", "image", "imageDigest", "lastStatus", "reason", "networkBindings"], [0, 0, 0, 0, 0, 0, () => s66]];
const s66 = [1, "com.amazonaws.ecs", "NetworkBindings", 0, () => s67];
const s67 = [3, "com.amazonaws.ecs", "NetworkBinding", 0, ["hostPort", "protocol"], [1, 0]];
const s68 = [9, "com.amazonaws.ecs", "GetTaskProtection", 0, () => s69, () => s70];
const s69 = [3, "com.amazonaws.ecs", "GetTaskProtectionRequest", 0, ["cluster", "tasks"], [0, 64], 1];
const s70 = [3, "com.amazonaws.ecs", "GetTaskProtectionResponse", 0, ["protectedTasks", "failures"], [() => s71, () => s13]];
const s71 = [1, "com.amazonaws.ecs", "ProtectedTasks", 0, () => s72];
const s72 = [3, "com.amazonaws.ecs", "ProtectedTask", 0, ["taskArn", "protectionEnabled"], [0, 2]];
const s73 = [9, "com.amazonaws.ecs", "ListServiceDeployments", 0, () => s74, () => s76];
const s74 = [3, "com.amazonaws.ecs", "ListServiceDeploymentsRequest", 0, ["service", "cluster", "status", "createdAt", "nextToken", "maxResults"], [0, 0, 64, () => s75, 0, 1], 1];
const s75 = [3, "com.amazonaws.ecs", "CreatedAt", 0, ["before"], [4]];
const s76 = [3, "com.amazonaws.ecs", "ListServiceDeploymentsResponse", 0, ["serviceDeployments", "nextToken"], [() => s77, 0]];
const s77 = [1, "com.amazonaws.ecs", "ServiceDeploymentsBrief", 0, () => s78];
const s78 = [3, "com.amazonaws.ecs", "ServiceDeploymentBrief", 0, ["serviceDeploymentArn", "serviceArn", "startedAt", "createdAt", "finishedAt", "targetServiceRevisionArn", "status"], [0, 0, 4, 4, 4, 0, 0]];
const s79 = [9, "com.amazonaws.ecs", "ListTasks", 0, () => s80, () => s81];
const s80 = [3, "com.amazonaws.ecs", "ListTasksRequest", 0, ["cluster", "nextToken", "maxResults", "serviceName", "desiredStatus"], [0, 0, 1, 0, 0]];
const s81 = [3, "com.amazonaws.ecs", "ListTasksResponse", 0, ["taskArns", "nextToken"], [64, 0]];
const s82 = [9, "com.amazonaws.ecs", "StopServiceDeployment", 0, () => s83, () => s84];
const s83 = [3, "com.amazonaws.ecs", "StopServiceDeploymentRequest", 0, ["serviceDeploymentArn", "stopType"], [0, 0], 1];
const s84 = [3, "com.amazonaws.ecs", "StopServiceDeploymentResponse", 0, ["serviceDeploymentArn"], [0]];
const s85 = [9, "com.amazonaws.ecs", "StopTask", 0, () => s86, () => s87];
const s86 = [3, "com.amazonaws.ecs", "StopTaskRequest", 0, ["task", "cluster", "reason"], [0, 0, 0], 1];
const s87 = [3, "com.amazonaws.ecs", "StopTaskResponse", 0, ["task"], [[() => s63, 0]]];
const s88 = [9, "com.amazonaws.ecs", "UpdateService", 0, () => s89, () => s90];
const s89 = [3, "com.amazonaws.ecs", "UpdateServiceRequest", 0, ["service", "cluster", "desiredCount", "taskDefinition", "deploymentConfiguration", "forceNewDeployment", "deploymentController", "loadBalancers", "serviceRegistries", "serviceConnectConfiguration", "vpcLatticeConfigurations"], [0, 0, 1, 0, () => s20, 2, () => s49, () => s29, () => s32, () => s36, () => s40], 1];
const s90 = [3, "com.amazonaws.ecs", "UpdateServiceResponse", 0, ["service"], [() => s46]];

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
export const DescribeServiceDeploymentsCommand = /* @__PURE__ */ command(s15);
export const DescribeServiceRevisionsCommand = /* @__PURE__ */ command(s24);
export const DescribeServicesCommand = /* @__PURE__ */ command(s42);
export const DescribeTaskDefinitionCommand = /* @__PURE__ */ command(s50);
export const DescribeTasksCommand = /* @__PURE__ */ command(s59);
export const ECSClient = /* @__PURE__ */ clientOf(service);
export const GetTaskProtectionCommand = /* @__PURE__ */ command(s68);
export const ListServiceDeploymentsCommand = /* @__PURE__ */ command(s73);
export const ListTasksCommand = /* @__PURE__ */ command(s79);
export const StopServiceDeploymentCommand = /* @__PURE__ */ command(s82);
export const StopTaskCommand = /* @__PURE__ */ command(s85);
export const UpdateServiceCommand = /* @__PURE__ */ command(s88);
export const paginateListTasks = /* @__PURE__ */ createPaginator(ECSClient, ListTasksCommand, 'nextToken', 'nextToken', 'maxResults');
