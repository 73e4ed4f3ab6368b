import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { ownAlarmListParameter, serviceCountParameter, serviceListParameter } from '../../lambdas/contract/names.ts';
import { ownAlarmLists } from '../../lambdas/contract/own-alarm-list.ts';
import { serviceLists } from '../../lambdas/contract/service-list.ts';
import type { Recovery } from '../config/recovery.ts';

/** Bytes a standard parameter may hold (https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html). */
const standard = 4096;

/**
 * Which services the pipeline looks after. CDK never deletes a stack that has left the app: alarms and configuration of a
 * service that was taken out of recovery.yaml live on, and only this tells that nobody is to act on them. And the alarms of
 * the teams that are signals of them, for the sweep.
 */
export class PublishedServices extends Construct {
  /** How many parameters list the teams' own alarms. */
  readonly ownAlarmLists: number;

  constructor(scope: Construct, id: string, { install, services }: Recovery) {
    super(scope, id);
    new CfnParameter(this, 'Count', {
      name: serviceCountParameter(install.name),
      description: `How many services Paramedic (${install.name}) looks after. Written by CloudFormation; edit recovery.yaml instead.`,
      type: 'String',
      value: String(services.length),
    });
    for (const { list, text } of serviceLists(services.map(({ settings }) => settings.id)))
      new CfnParameter(this, `List${list}`, {
        name: serviceListParameter(install.name, list),
        description: `Services Paramedic (${install.name}) looks after. Written by CloudFormation; edit recovery.yaml instead.`,
        type: 'String',
        // Ids are ASCII: a character is a byte.
        tier: text.length > standard ? 'Advanced' : 'Standard',
        value: text,
      });
    const alarms = services.flatMap(({ settings: { id: service, signals } }) =>
      signals.map((signal) => ({ ...signal, service })),
    );
    const lists = ownAlarmLists(alarms);
    this.ownAlarmLists = lists.length;
    for (const [list, value] of lists.entries())
      new CfnParameter(this, `Signals${list}`, {
        name: ownAlarmListParameter(install.name, list),
        description: `Alarms of the teams that are signals for Paramedic (${install.name}). Written by CloudFormation; edit recovery.yaml instead.`,
        type: 'String',
        tier: 'Standard',
        value,
      });
  }
}
