// Generated from @aws-sdk/client-ecr 3.1142.0 by `npm run generate`; do not edit.
import { AwsJson1_1Protocol } from '@aws-sdk/core/protocols';
import { defaultEndpointResolver } from '../../../node_modules/@aws-sdk/client-ecr/dist-es/endpoint/endpointResolver.js';
import { clientOf, commandsOf } from './service-client.mjs';

const s0 = [9, "com.amazonaws.ecr", "DescribeImages", 0, () => s1, () => s5];
const s1 = [3, "com.amazonaws.ecr", "DescribeImagesRequest", 0, ["repositoryName", "registryId", "imageIds", "nextToken", "maxResults", "filter"], [0, 0, () => s2, 0, 1, () => s4], 1];
const s2 = [1, "com.amazonaws.ecr", "ImageIdentifierList", 0, () => s3];
const s3 = [3, "com.amazonaws.ecr", "ImageIdentifier", 0, ["imageDigest", "imageTag"], [0, 0]];
const s4 = [3, "com.amazonaws.ecr", "DescribeImagesFilter", 0, [], []];
const s5 = [3, "com.amazonaws.ecr", "DescribeImagesResponse", 0, ["imageDetails", "nextToken"], [() => s6, 0]];
const s6 = [1, "com.amazonaws.ecr", "ImageDetailList", 0, () => s7];
const s7 = [3, "com.amazonaws.ecr", "ImageDetail", 0, ["registryId", "repositoryName", "imageDigest"], [0, 0, 0]];

const service = {
  clientName: "ECRClient",
  serviceId: "ECR",
  sdkVersion: "3.1142.0",
  apiVersion: "2015-09-21",
  signingName: "ecr",
  defaultMaxAttempts: 3,
  baseDelay: 50,
  protocol: AwsJson1_1Protocol,
  protocolSettings: {"defaultNamespace":"com.amazonaws.ecr","xmlNamespace":"http://ecr.amazonaws.com/doc/2015-09-21/","version":"2015-09-21","serviceTarget":"AmazonEC2ContainerRegistry_V20150921"},
  endpointProvider: defaultEndpointResolver,
};
const command = /* @__PURE__ */ commandsOf(service);

export const DescribeImagesCommand = /* @__PURE__ */ command(s0);
export const ECRClient = /* @__PURE__ */ clientOf(service);
