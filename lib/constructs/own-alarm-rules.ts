import { Construct } from 'constructs';
import { alarmKinds } from '../../lambdas/contract/names.ts';
import type { OwnAlarm, ServiceSettings } from '../../lambdas/contract/settings.ts';
import type { Install } from '../config/recovery.ts';
import { SignalRule } from './signal-rule.ts';

/** The team's own alarms that count as signals of the service: a rule for each kind they stand for. */
export class OwnAlarmRules extends Construct {
  constructor(scope: Construct, id: string, install: Install, settings: ServiceSettings) {
    super(scope, id);
    for (const kind of alarmKinds) {
      const alarms = settings.signals.filter((signal) => signal.kind === kind);
      if (alarms.length === 0) continue;
      new SignalRule(this, kind, {
        install,
        name: `${settings.id}.${kind}`,
        description: `Alarms of the team of ${settings.id} that stand for ${kind}.`,
        alarms: alarms.map(pattern),
        template: envelope(settings.id, kind),
      });
    }
  }
}

const pattern = ({ alarm, match }: OwnAlarm) => (match === 'prefix' ? { prefix: alarm } : alarm);

/**
 * The event beside what it stands for. `<aws.events.event.json>` is the whole event, put in by EventBridge
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html).
 */
const envelope = (service: string, kind: string): string =>
  `{"paramedic":{"service":"${service}","kind":"${kind}"},"event":<aws.events.event.json>}`;
