import { describe, expect, it } from 'vitest';
import { changePermissions } from '../../lib/constructs/change-permissions.ts';
import { ofType, pipelineTemplate, recoveryWith, serviceInput, type Template } from './synthesized.ts';

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
  // With managed tags there is more to say: each service's tasks by its name.
  const recovery = recoveryWith(
    Object.fromEntries(names.map((name) => [name, serviceInput(name, { managedTags: true })])),
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
    }),
    search: serviceInput('search', { managedTags: true }),
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
