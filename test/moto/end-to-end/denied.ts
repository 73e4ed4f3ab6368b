import { callbackOf, neededFor, type Surroundings } from '../../privilege/needs.ts';
import { allows } from '../../privilege/policy.ts';
import { deployedRoles, Intrinsics, roleNames } from '../../privilege/roles.ts';
import { ofType, type Template } from '../../stacks/synthesized.ts';
import type { Stage } from './stage.ts';

/** One sentence for each request that the policies of the deployed template would have denied to the function that made it. */
export function denied({
  account,
  installation,
  executions,
}: Pick<Stage, 'account' | 'installation'> & Partial<Pick<Stage, 'executions'>>): readonly string[] {
  const [pipeline = ''] = installation.stacks;
  const resources = Object.entries(installation.template(pipeline).Resources);
  const template: Template = {
    Resources: Object.fromEntries(resources.map(([id, one]) => [id, { ...one, Properties: one.Properties ?? {} }])),
  };
  const place = { partition: 'aws', region: account.region, account: account.id };
  const intrinsics = new Intrinsics(template, place, (id) => installation.physicalId(pipeline, id));
  const [key] = ofType(template, 'AWS::KMS::Key');
  const requests = account.requests.map((request) => {
    const [, id] = /-callbacks\/([^/]+)/.exec(request.path) ?? [];
    const execution = id === undefined ? undefined : executions?.called.get(decodeURIComponent(id));
    if (id === undefined || execution === undefined) return request;
    return { ...request, path: request.path.replace(id, encodeURIComponent(callbackOf(execution))) };
  });
  const around: Surroundings = {
    ...place,
    keyArn: intrinsics.arnOf(key?.id ?? ''),
    // The services of these tests have neither ECS managed tags nor roles in their task definitions.
    tagsOfTask: () => ({}),
    rolesOfService: () => [],
  };
  const roles = deployedRoles(template, intrinsics);
  const needs = requests.flatMap((request) => {
    // Others than functions ask, too: the stage itself, and CDK.
    const who = roleNames.find((name) => name === request.caller);
    return who === undefined
      ? []
      : neededFor(request, around).map((need) => ({ who, need, operation: request.operation }));
  });
  const refused = needs.filter(({ who, need }) => !allows(roles[who], need));
  return refused.map((one) => JSON.stringify(one));
}
