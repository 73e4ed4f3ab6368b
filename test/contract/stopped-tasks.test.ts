import { describe, expect, it } from 'vitest';
import { cannotEverStart, endedByItself } from '../../lambdas/contract/stopped-tasks.ts';

const stopped = (reason: string, code = 'TaskFailedToStart') => ({ code, reason });

describe('a task ended by itself', () => {
  it.each([
    ['EssentialContainerExited', 'Essential container in task exited', true],
    ['TaskFailedToStart', 'CannotPullContainerError: not found', true],
    ['UserInitiated', 'Replaced by Paramedic', false],
    ['ServiceSchedulerInitiated', 'Scaling activity initiated by deployment', false],
    ['ServiceSchedulerInitiated', 'Task failed ELB health checks', true],
  ])('with %s (%s): %s', (code, reason, expected) => {
    expect(endedByItself(stopped(reason, code))).toBe(expected);
  });
});

describe('a task can never start', () => {
  // As AWS's pages and its users quote them.
  it.each([
    'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref 123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop@sha256:1f: 123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop@sha256:1f: not found',
    'CannotPullContainerError: Error response from daemon: manifest for shop:42 not found: manifest unknown: Requested image not found',
    'CannotPullContainerError: Error response from daemon: pull access denied for shop, repository does not exist or may require docker login: denied: requested access to the resource is denied',
    'CannotPullContainerError: failed to resolve ref docker.io/team/shop:1: pulling from host registry-1.docker.io failed with status code 403 Forbidden',
    'CannotPullContainerError: The task can\u2019t pull the image. Check that the role has the permissions to pull images from the registry.',
    "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:eu-central-1:123456789012:secret:x from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret.",
    'ResourceInitializationError: unable to pull secrets or registry auth: AccessDeniedException: User is not authorized to perform: ssm:GetParameters',
    'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.',
  ])('where what it needs is not there or may not be read: %s', (reason) => {
    expect(cannotEverStart(stopped(reason))).toBe(true);
  });

  it.each([
    'CannotPullContainerError: ref pull has been retried 5 time(s): failed to copy: httpReadSeeker: failed open: unexpected status code: 503 Service Unavailable',
    'CannotPullContainerError: Error response from daemon: Get https://registry-1.docker.io/v2/: net/http: request canceled while waiting for connection',
    'CannotPullContainerError: toomanyrequests: Too Many Requests or You have reached your pull rate limit. Image not found in cache',
    'CannotPullContainerError: write /var/lib/docker/tmp/GetImageBlob1: no space left on device',
    'ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry authentication from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration. RequestError: send request failed caused by: Post "https://api.ecr.eu-central-1.amazonaws.com/": dial tcp 10.0.0.1:443: i/o timeout',
    'Essential container in task exited',
    'Task failed ELB health checks in (target-group x)',
    'OutOfMemoryError: Container killed due to memory usage',
    'The file was not found',
    '',
  ])('not where it may pass, or where nobody knows: %s', (reason) => {
    expect(cannotEverStart(stopped(reason))).toBe(false);
  });
});
