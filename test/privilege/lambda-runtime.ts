import type { RoleName } from '../../lib/constructs/permission-matrix.ts';
import { ofType } from '../stacks/synthesized.ts';
import { idOf, roleNames } from './deployed-roles.ts';
import type { Exercise } from './exercises.ts';
import type { Installed } from './installed.ts';
import { type Need, need } from './need.ts';

type Properties = Readonly<Record<string, unknown>>;

/**
 * What Lambda does with the role of a function: writing its logs, and keeping what it failed on. Read off the functions'
 * own properties, never off their policies (https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html).
 */
export const runtimeExercises = (installed: Installed): readonly Exercise[] =>
  roleNames.flatMap((who) => needsOf(installed, who).map((one) => ({ who, port: 'Lambda', need: one })));

function needsOf({ template, intrinsics }: Installed, who: RoleName): readonly Need[] {
  const [function_] = ofType(template, 'AWS::Lambda::Function').filter(({ Properties: { Role } }) =>
    JSON.stringify(Role).includes(`"${idOf(template, 'AWS::IAM::Role', who)}"`),
  );
  if (function_ === undefined) throw new Error(`There is no function with the role ${who}.`);
  const { LoggingConfig, DeadLetterConfig } = function_.Properties as Record<string, Properties | undefined>;
  const { Ref: logGroup } = (LoggingConfig?.LogGroup ?? {}) as { readonly Ref?: string };
  if (logGroup === undefined) throw new Error(`The function of ${who} names no log group.`);
  const failures = ofType(template, 'AWS::Lambda::EventInvokeConfig')
    .filter(({ Properties: { FunctionName } }) => JSON.stringify(FunctionName).includes(`"${function_.id}"`))
    .map(
      ({ Properties: { DestinationConfig } }) =>
        (DestinationConfig as { OnFailure: Properties } | undefined)?.OnFailure.Destination,
    );
  return [
    ...['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => need(action, intrinsics.arnOf(logGroup))),
    ...[DeadLetterConfig?.TargetArn, ...failures]
      .filter((queue) => queue !== undefined)
      .map((queue) => need('sqs:SendMessage', intrinsics.text(queue))),
  ];
}

/** The one call that installing Paramedic makes, as the template has it. */
export function installationRequest({ template, intrinsics }: Installed) {
  const [item, ...more] = ofType(template, 'Custom::ParamedicPauseState');
  if (item === undefined || more.length > 0) throw new Error('Not one pause state but another number of them.');
  const { service, action, parameters } = JSON.parse(intrinsics.text(item.Properties.Create)) as {
    readonly service: string;
    readonly action: string;
    readonly parameters: unknown;
  };
  const request = { operation: `${service.toLowerCase()}.${action}`, method: 'POST', path: '/', body: parameters };
  return { who: 'installation', port: 'installation', request } as const;
}
