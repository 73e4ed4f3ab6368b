import { type Context, type Need, need } from './need.ts';

/**
 * What looks like a need and is none of ours: the same on a resource of somebody else, or under another condition. A role
 * that lets a stranger in is wider than its function.
 */
export const strangersTo = (one: Need): readonly Need[] => [...elsewhere(one), ...otherwise(one), ...foreign(one)];

/** Each part of the resource's name in its turn is another one. */
function elsewhere({ action, resource, context }: Need): readonly Need[] {
  if (resource === '*') return [need(action, 'arn:aws:stranger:eu-central-1:999999999999:stranger', context)];
  const parts = resource.split(/(?<=[/:])|(?=[/:])/);
  return parts
    .map((part, index) => ({ part, index }))
    .filter(({ part, index }) => index > 1 && !/^[/:]$/.test(part))
    .map(({ index }) => need(action, parts.with(index, 'stranger').join(''), context));
}

/** Each condition key in its turn has another value, or is not there. */
function otherwise({ action, resource, context }: Need): readonly Need[] {
  const limited: Context = action === 'ecs:UpdateService' ? limitsOfUpdates : {};
  return Object.entries({ ...limited, ...context }).flatMap(([key, values]) => {
    const { [key]: _, ...rest } = context;
    const other = values.map((value) => (value in opposite ? (opposite[value] ?? '') : strangeName(value)));
    return [
      need(action, resource, { ...context, [key]: other }),
      ...(key in context ? [need(action, resource, rest)] : []),
    ];
  });
}

/** Keys by which updates are limited though a request may have none of them. */
const limitsOfUpdates: Context = {
  'ecs:enable-execute-command': ['false'],
  'ecs:task-definition': ['arn:aws:ecs:eu-central-1:999999999999:task-definition/known:1'],
};
const opposite: Readonly<Record<string, string>> = { false: 'true', true: 'false' };

const strangeName = (value: string): string => value.replace(/[^/:.#]+$/, 'stranger');

/**
 * Actions that no function of ours ever takes, at least one of each service it talks to: whoever is allowed one of them has
 * been given a wildcard.
 */
export const foreignActions = [
  'cloudwatch:DeleteAlarms',
  'dynamodb:DeleteItem',
  'dynamodb:DeleteTable',
  'ecr:BatchDeleteImage',
  'ecs:DeleteService',
  'ecs:ExecuteCommand',
  'ecs:RunTask',
  'elasticloadbalancing:DeleteTargetGroup',
  'elasticloadbalancing:ModifyRule',
  'iam:PutRolePolicy',
  'kms:ScheduleKeyDeletion',
  'lambda:UpdateFunctionCode',
  'logs:DeleteLogGroup',
  'sns:DeleteTopic',
  'sqs:PurgeQueue',
  'ssm:PutParameter',
] as const;

const foreign = ({ resource, context }: Need): readonly Need[] =>
  foreignActions.map((action) => need(action, resource, context));
