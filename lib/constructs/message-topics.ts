import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnSubscription, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { topicName } from '../../lambdas/contract/names.ts';
import type { Recovery } from '../config/recovery.ts';
import { arnOf } from './arns.ts';
import { filterPolicy, type Subscription, sharedSubscriptions, subscriptionsOf } from './subscriptions.ts';

/** A topic per owner, with its e-mail subscriptions; or the subscriptions alone, where the installation names a topic. */
export class MessageTopics extends Construct {
  /** ARN of the topic of each owner; one and the same where all share one. */
  readonly arns: readonly string[];

  constructor(scope: Construct, id: string, recovery: Recovery, key: IKey) {
    super(scope, id);
    const { install, owners } = recovery;
    if (install.topicArn !== null) {
      subscribe(this, install.topicArn, sharedSubscriptions(recovery));
      this.arns = [install.topicArn];
      return;
    }
    this.arns = Object.keys(owners).map((owner) => {
      const topic = new Topic(this, owner, {
        topicName: topicName(install.name, owner),
        displayName: `Paramedic: ${owner}`,
        masterKey: key,
        enforceSSL: true,
      });
      subscribe(topic, topic.topicArn, subscriptionsOf(recovery, owner));
      return arnOf(install, 'sns', topicName(install.name, owner));
    });
  }
}

/** Every address must confirm; until one has, Paramedic changes nothing on the services of the topic. */
export function subscribe(scope: Construct, topicArn: string, subscriptions: readonly Subscription[]): void {
  for (const subscription of subscriptions) {
    const filter = filterPolicy(subscription);
    new CfnSubscription(scope, subscription.email, {
      topicArn,
      protocol: 'email',
      endpoint: subscription.email,
      ...(filter === undefined ? {} : { filterPolicy: filter }),
    });
  }
}
