import { CfnRule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { Install } from '../config/recovery.ts';
import { onSignalArn, ruleName, undeliveredSignalsArn } from './arns.ts';

export type SignalRuleProps = {
  readonly install: Install;
  /** The rest of its name, after the pipeline's. */
  readonly name: string;
  readonly description: string;
  /** Patterns of alarm names; see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html. */
  readonly alarms: readonly (string | { readonly prefix: string })[];
  /** What on-signal gets instead of the bare event. */
  readonly template?: string;
};

/**
 * Brings changes of alarms to on-signal, which it knows by name: so a service's rule can be in the service's stack. What
 * can't be delivered goes to the queue of undelivered signals.
 */
export class SignalRule extends Construct {
  constructor(scope: Construct, id: string, { install, name, description, alarms, template }: SignalRuleProps) {
    super(scope, id);
    new CfnRule(this, 'Resource', {
      name: ruleName(install.name, name),
      description,
      state: 'ENABLED',
      eventPattern: {
        source: ['aws.cloudwatch'],
        'detail-type': ['CloudWatch Alarm State Change'],
        detail: { alarmName: alarms },
      },
      targets: [
        {
          id: 'on-signal',
          arn: onSignalArn(install),
          deadLetterConfig: { arn: undeliveredSignalsArn(install) },
          // An alarm that is an hour old says nothing about now; the queue keeps it for people.
          retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 185 },
          ...(template === undefined ? {} : { inputTransformer: { inputTemplate: template } }),
        },
      ],
    });
  }
}
