import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { settingsParameter } from '../../lambdas/contract/names.ts';
import type { ServiceSettings } from '../../lambdas/contract/settings.ts';

/** Bytes a parameter may hold (https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html). */
const standard = 4096;
const advanced = 8192;

/** A service's resolved configuration, which `recover` reads when an incident begins. Nothing of it is in a function. */
export class ServiceSettingsParameter extends Construct {
  constructor(scope: Construct, id: string, settings: ServiceSettings) {
    super(scope, id);
    const value = JSON.stringify(settings);
    const size = Buffer.byteLength(value);
    if (size > advanced)
      throw new Error(
        `services.${settings.id}: its configuration is ${size} bytes; allowed is ${advanced}. Shorten its signals.`,
      );
    new CfnParameter(this, 'Resource', {
      name: settingsParameter(settings.pipeline, settings.id),
      description: `What Paramedic (${settings.pipeline}) knows of ${settings.id}. Written by CloudFormation; edit recovery.yaml instead.`,
      type: 'String',
      tier: size > standard ? 'Advanced' : 'Standard',
      value,
    });
  }
}
