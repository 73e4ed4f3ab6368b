import { describe, expect, it } from 'vitest';
import type { ActionKind } from '../../lambdas/contract/names.ts';
import { changePermissions } from '../../lib/constructs/change-permissions.ts';
import { statement } from '../../lib/constructs/permission.ts';
import { allows, type Statement } from '../privilege/policy.ts';
import { accountArn, ofType, pipelineTemplate, recoveryWith, serviceInput, type Template } from './synthesized.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html; white space does not count. */
const quota = { inline: 10_240, managed: 6144, attached: 20 };

const sizeOf = (document: unknown): number => JSON.stringify(document).length;

/** Per role: characters of all inline policies, of each managed one, and how many of those. */
function policiesOf(template: Template, role: string) {
  const of = (type: string) =>
    ofType(template, type)
      .filter(({ Properties }) => JSON.stringify(Properties.Roles ?? []).includes(`"${role}"`))
      .map(({ Properties }) => sizeOf(Properties.PolicyDocument));
  const attached = (template.Resources[role]?.Properties.ManagedPolicyArns ?? []) as { Ref?: string }[];
  const managed = attached.map(({ Ref }) =>
    Ref === undefined ? 0 : sizeOf(template.Resources[Ref]?.Properties.PolicyDocument),
  );
  return {
    inline: of('AWS::IAM::Policy').reduce((sum, size) => sum + size, 0),
    managed: [...managed, ...of('AWS::IAM::ManagedPolicy')],
  };
}

describe('with 500 services', () => {
  // Names as long as people's names are: what they make of a role is what this is about.
  const names = Array.from({ length: 500 }, (_, index) => `a-service-with-its-name-${index}`);
  // With managed tags, a family and roles there is most to say: each service's tasks by its name, and what is its own.
  const recovery = recoveryWith(
    Object.fromEntries(
      names.map((name) => [
        name,
        serviceInput(name, {
          managedTags: true,
          taskDefinition: name,
          passRoles: [
            accountArn('iam', `role/${name}`).replace('eu-central-1', ''),
            'arn:aws:iam::123456789012:role/execution',
          ],
        }),
      ]),
    ),
  );
  const template = pipelineTemplate(recovery);
  const roles = ofType(template, 'AWS::IAM::Role').map(({ id }) => id);

  it.each(roles)('the role %s stays within what IAM allows', (role) => {
    const { inline, managed } = policiesOf(template, role);
    expect(inline).toBeLessThanOrEqual(quota.inline);
    expect(managed.length).toBeLessThanOrEqual(quota.attached);
    for (const size of managed) expect(size).toBeLessThanOrEqual(quota.managed);
  });

  it('no service is left out', () => {
    const text = JSON.stringify(template);
    for (const { settings } of recovery.services)
      for (const group of settings.resources.targetGroups) expect(text).toContain(group);
  });
});

// What else a role of an action allows, and what not: test/privilege.
describe('the role of an action', () => {
  const recovery = recoveryWith({
    checkout: serviceInput('checkout', {
      managedTags: true,
      passRoles: ['arn:aws:iam::123456789012:role/checkout-task'],
      taskDefinition: 'checkout',
    }),
    search: serviceInput('search', { managedTags: true, taskDefinition: 'search' }),
  });
  const of = (kind: ActionKind) => changePermissions(kind, recovery.install, recovery.services);

  it.each(['restart-service', 'roll-back-deployment', 'roll-forward-deployment'] as const)(
    'of %s registers copies in the families that are named and in no other, and tags nothing that is there',
    (kind) => {
      const statements = of(kind).map((one) => statement(one).toJSON() as Statement);
      const may = (action: string, family: string, context = {}) =>
        allows(statements, { action, resource: accountArn('ecs', `task-definition/${family}:44`), context });
      const register = (family: string) => may('ecs:RegisterTaskDefinition', family);
      expect(['checkout', 'search', 'payments', 'checkout-2'].map(register)).toEqual([true, true, false, false]);
      expect(may('ecs:TagResource', 'checkout', { 'ecs:CreateAction': ['RegisterTaskDefinition'] })).toBe(true);
      expect(may('ecs:TagResource', 'checkout')).toBe(false);
      expect(may('ecs:TagResource', 'checkout', { 'ecs:CreateAction': ['RunTask'] })).toBe(false);
    },
  );

  it.each(['deregister-target', 'register-target', 'replace-task'] as const)('of %s registers nothing', (kind) => {
    expect(JSON.stringify(of(kind))).not.toContain('RegisterTaskDefinition');
  });

  it('registers in any family where one service names none, or there are too many, and says so', () => {
    const wider = (services: Parameters<typeof recoveryWith>[0]) => {
      const given = recoveryWith(services);
      const permissions = changePermissions('roll-back-deployment', given.install, given.services);
      return permissions
        .filter(({ actions }) => actions.includes('ecs:RegisterTaskDefinition'))
        .map(({ resources, wider: says }) => [resources.map((one) => one.split('/')[1]), says]);
    };
    expect(
      wider({ checkout: serviceInput('checkout'), search: serviceInput('search', { taskDefinition: 'search' }) }),
    ).toEqual([[['*'], 'Any family of the account: `taskDefinition` names none for checkout.']]);
    const many = Array.from({ length: 201 }, (_, n) => `service-${n}`);
    const named = many.map((name) => [name, serviceInput(name, { taskDefinition: name })] as const);
    expect(wider(Object.fromEntries(named))).toEqual([
      [['*'], 'Any family of the account: so many names do not fit into a role.'],
    ]);
    expect(wider(Object.fromEntries(named.slice(1)))).toHaveLength(200);
  });

  it('may pass the roles that are listed, to ECS tasks, and none where none is listed', () => {
    const all = changePermissions('roll-back-deployment', recovery.install, recovery.services);
    const passed = all.filter(({ actions }) => actions.includes('iam:PassRole'));
    expect(passed).toEqual([
      expect.objectContaining({
        resources: ['arn:aws:iam::123456789012:role/checkout-task'],
        conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      }),
    ]);
  });

  // The service's ARN names the cluster; the condition says it once more, by IAM's own key.
  it.each(['restart-service', 'roll-back-deployment'] as const)(
    'of %s updates services of their cluster alone',
    (kind) => {
      const all = changePermissions(kind, recovery.install, recovery.services);
      for (const { conditions } of all.filter(({ actions }) => actions.includes('ecs:UpdateService')))
        expect(conditions).toMatchObject({
          ArnEquals: { 'ecs:cluster': 'arn:aws:ecs:eu-central-1:123456789012:cluster/production' },
        });
    },
  );

  it('reaches every task of a cluster where a service does not say that it has managed tags, and says so', () => {
    const untagged = recoveryWith({
      checkout: serviceInput('checkout'),
      search: serviceInput('search', { managedTags: true }),
    });
    const [stop, ...others] = changePermissions('replace-task', untagged.install, untagged.services);
    expect(others).toEqual([]);
    expect(stop?.conditions).toBeUndefined();
    expect(stop?.wider).toMatch(/Any task of the cluster production.*\(checkout\)/);
  });
});
