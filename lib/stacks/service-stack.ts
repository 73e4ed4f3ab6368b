import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Install, ServicePlan } from '../config/recovery.ts';
import { OwnAlarmRules } from '../constructs/own-alarm-rules.ts';
import { ServiceAlarms } from '../constructs/service-alarms.ts';
import { ServiceSettingsParameter } from '../constructs/service-settings.ts';
import { stackProps } from './stack-props.ts';

/**
 * One service, or the services of one group: alarms, configuration, and rules for the alarms of its team. Nothing here
 * depends on any other service, so that adding or removing one changes no other stack.
 */
export class ServiceStack extends Stack {
  constructor(scope: Construct, stackName: string, install: Install, services: readonly ServicePlan[]) {
    const ids = services.map(({ settings }) => settings.id).join(', ');
    super(scope, stackName, stackProps(install, stackName, `Paramedic (${install.name}): ${ids}`.slice(0, 1024)));
    for (const { settings } of services) {
      const service = new Construct(this, settings.id);
      new ServiceAlarms(service, 'Alarms', { settings, runbook: install.runbook });
      new ServiceSettingsParameter(service, 'Settings', settings);
      new OwnAlarmRules(service, 'OwnAlarms', install, settings);
    }
  }
}
