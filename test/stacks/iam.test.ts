import { describe, expect, it } from 'vitest';
import { changes, grants, reads } from '../../lambdas/contract/permissions.ts';
import { changePermissions } from '../../lib/constructs/change-permissions.ts';
import { recoverPermissions } from '../../lib/constructs/function-permissions.ts';
import { grantsOfPermission, statementOf } from '../privilege/grants.ts';
import { allows } from '../privilege/policy.ts';
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
}, 120_000);

describe('the role of recover', () => {
  it('allows every read that a port of sight needs', () => {
    const { install, services } = recoveryWith({
      checkout: serviceInput('checkout', { logs: { logGroup: '/ecs/checkout', status: 'status', duration: 'ms' } }),
    });
    const deployed = { install, services, keyArn: 'key', topics: ['topic'] };
    const allowed = new Set(recoverPermissions(deployed, []).flatMap(({ actions }) => actions));
    for (const action of Object.values(reads).flat()) expect(allowed).toContain(action);
  });
});

describe('the role of an action', () => {
  const recovery = recoveryWith({
    checkout: serviceInput('checkout', {
      managedTags: true,
      passRoles: ['arn:aws:iam::123456789012:role/checkout-task'],
      taskDefinition: 'checkout',
    }),
    search: serviceInput('search', { managedTags: true, taskDefinition: 'search' }),
  });
  const kinds = Object.keys(grants) as (keyof typeof grants)[];
  const of = (kind: keyof typeof grants) => changePermissions(kind, recovery.install, recovery.services);

  it.each(kinds)('of %s allows the changes it is granted and no other', (kind) => {
    const granted = new Set<string>([...grants[kind].flatMap((change) => [...changes[change]]), 'iam:PassRole']);
    for (const { actions } of of(kind)) for (const action of actions) expect(granted).toContain(action);
  });

  it.each(kinds)('of %s reaches no resource of a service that is not configured', (kind) => {
    for (const { resources, conditions } of of(kind))
      for (const resource of resources) {
        if (resource.includes(':task/'))
          expect(JSON.stringify(conditions)).toMatch(/aws:ecs:serviceName.*checkout.*search/);
        // A deployment is stopped only where it and its service are both allowed; tags are put only on what is registered.
        else if (!/:service-deployment\/production\/\*$|:task-definition\/\*$/.test(resource))
          expect(resource).toMatch(/checkout|search/);
      }
  });

  it('of roll-back-deployment stops deployments of services that are configured, and of no other in the cluster', () => {
    const statements = of('roll-back-deployment').flatMap(grantsOfPermission).map(statementOf);
    const stops = (service: string) => {
      const context = { 'ecs:cluster': [accountArn('ecs', 'cluster/production')] };
      const ask = (resource: string) => ({ action: 'ecs:StopServiceDeployment', resource, context });
      const deployment = ask(accountArn('ecs', `service-deployment/production/${service}/1`));
      const itself = ask(accountArn('ecs', `service/production/${service}`));
      return [deployment, itself].every((need) => allows({ statements, boundary: null }, need));
    };
    expect(['checkout', 'search', 'payments'].map(stops)).toEqual([true, true, false]);
  });

  it.each(['restart-service', 'roll-back-deployment', 'roll-forward-deployment'] as const)(
    'of %s updates services to task definitions of the account, and lets nobody into containers',
    (kind) => {
      const update = of(kind).find(({ actions }) => actions.includes('ecs:UpdateService'));
      expect(update?.conditions).toEqual({
        ArnLikeIfExists: { 'ecs:task-definition': 'arn:aws:ecs:eu-central-1:123456789012:task-definition/*' },
        ArnEquals: { 'ecs:cluster': 'arn:aws:ecs:eu-central-1:123456789012:cluster/production' },
        StringNotEqualsIfExists: { 'ecs:enable-execute-command': 'true' },
      });
    },
  );

  it.each(['restart-service', 'roll-back-deployment', 'roll-forward-deployment'] as const)(
    'of %s registers copies in the families that are named and in no other, and tags nothing that is there',
    (kind) => {
      const statements = of(kind).flatMap(grantsOfPermission).map(statementOf);
      const may = (action: string, family: string, context = {}) =>
        allows(
          { statements, boundary: null },
          { action, resource: accountArn('ecs', `task-definition/${family}:44`), context },
        );
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
    const passed = of('roll-back-deployment').filter(({ actions }) => actions.includes('iam:PassRole'));
    expect(passed).toEqual([
      expect.objectContaining({
        resources: ['arn:aws:iam::123456789012:role/checkout-task'],
        conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      }),
    ]);
  });

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

  it('is denied nothing that a claim needs: it checks the pause in the transaction that begins the order', () => {
    const text = JSON.stringify(pipelineTemplate(recovery));
    expect(text).not.toContain('"Effect":"Deny","Resource":{"Fn::GetAtt":["Ledger');
    expect(text).not.toContain('ForAnyValue:StringEquals');
  });
});
