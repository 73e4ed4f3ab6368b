import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { failedSignalsQueueName, failedWorkflowsQueueName, signalQueueName } from '../../lambdas/contract/names.ts';
import type { Install } from '../config/recovery.ts';
import { ruleArns } from './arns.ts';
import { acknowledge } from './permission.ts';

/** The three places where what failed is kept: each has an alarm on its depth and a replay in docs/runbook.md. */
export class Nets extends Construct {
  /** What EventBridge could not deliver. */
  readonly undelivered: Queue;
  /** What on-signal failed on for good: EventBridge counts such an event as delivered. */
  readonly failedSignals: Queue;
  /** Starts of workflows that failed: durable functions have no destinations and are not retried. And sweeps not begun. */
  readonly failedWorkflows: Queue;

  constructor(scope: Construct, id: string, install: Install) {
    super(scope, id);
    this.undelivered = net(this, 'UndeliveredSignals', signalQueueName(install.name));
    this.failedSignals = net(this, 'FailedSignals', failedSignalsQueueName(install.name));
    this.failedWorkflows = net(this, 'FailedWorkflows', failedWorkflowsQueueName(install.name));
    this.undelivered.addToResourcePolicy(
      new PolicyStatement({
        sid: 'RulesOfThisPipeline',
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.undelivered.queueArn],
        conditions: { ArnLike: { 'aws:SourceArn': ruleArns(install) } },
      }),
    );
  }
}

function net(scope: Construct, id: string, queueName: string): Queue {
  const queue = new Queue(scope, id, {
    queueName,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  acknowledge(queue, 'AwsSolutions-SQS3', 'It is a dead-letter queue itself; people empty it, guided by the runbook.');
  return queue;
}
