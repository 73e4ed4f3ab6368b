import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { selfAlarmName, selfTopicName } from '../../lambdas/contract/names.ts';
import type { Install } from '../config/recovery.ts';
import { arnOf } from './arns.ts';
import { subscribe } from './message-topics.ts';

/**
 * Where alarms on Paramedic itself go. None of its functions publishes here, so that what ails them can't silence it. The
 * topic's policy lets CloudWatch publish, and the key's policy lets it encrypt.
 */
export class SelfTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, install: Install, key: IKey) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', {
      topicName: selfTopicName(install.name),
      displayName: `Paramedic itself: ${install.name}`,
      masterKey: key,
      enforceSSL: true,
    });
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOnParamedicItself',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': install.account },
          ArnLike: { 'aws:SourceArn': arnOf(install, 'cloudwatch', `alarm:${selfAlarmName(install.name, '*')}`) },
        },
      }),
    );
    const everything = install.operators.map((email) => ({ email, services: 'all' as const }));
    subscribe(this.topic, this.topic.topicArn, everything);
  }
}
