import type { RoleName } from '../../lib/constructs/permission-matrix.ts';
import { ofType, type Template } from '../stacks/synthesized.ts';
import type { Intrinsics } from './intrinsics.ts';
import type { RolePolicies, Statement } from './policy.ts';

/** The policies of every role, as the template has them. */
export type DeployedRoles = Readonly<Record<RoleName, RolePolicies>>;

type Document = { readonly Statement: readonly Statement[] };
type Reference = { readonly Ref: string };

/** Which function a role is for, by the place of the role in the tree of constructs. */
const ids: Readonly<Record<RoleName, RegExp>> = {
  'deregister-target': /^Actionsderegistertarget/,
  'register-target': /^Actionsregistertarget/,
  'replace-task': /^Actionsreplacetask/,
  'restart-service': /^Actionsrestartservice/,
  'roll-back-deployment': /^Actionsrollbackdeployment/,
  'roll-forward-deployment': /^Actionsrollforwarddeployment/,
  recover: /^Recoverrecover/,
  'on-signal': /^OnSignalonsignal/,
  sweep: /^Sweepsweep/,
  'workflow-ended': /^WorkflowEndedworkflowended/,
  stop: /^Operatestop/,
  operate: /^Operateoperate/,
  installation: /^PauseRole|^PauseLogs/,
};
export const roleNames = Object.keys(ids) as readonly RoleName[];

/** The one resource of a type that belongs to a role's function. */
export function idOf(template: Template, type: string, name: RoleName): string {
  const [found, ...more] = ofType(template, type).filter(({ id }) => ids[name].test(id));
  if (found === undefined || more.length > 0) throw new Error(`The template has ${more.length} ${type} for ${name}.`);
  return found.id;
}

/** Reads the roles out of the pipeline's template; a role that nobody here knows is an error. */
export function deployedRoles(template: Template, intrinsics: Intrinsics): DeployedRoles {
  const roles = ofType(template, 'AWS::IAM::Role').map(({ id }) => id);
  const mine = roleNames.map((name) => idOf(template, 'AWS::IAM::Role', name));
  const strange = roles.filter((id) => !mine.includes(id));
  if (strange.length > 0) throw new Error(`No test knows the roles ${strange.join(', ')}.`);
  return Object.fromEntries(
    roleNames.map((name, index) => [name, policiesOf(template, mine[index] ?? '', intrinsics)]),
  ) as DeployedRoles;
}

/** Inline, split off into managed policies, and written into the role itself. */
function policiesOf(template: Template, role: string, intrinsics: Intrinsics): RolePolicies {
  const Properties = template.Resources[role]?.Properties ?? {};
  if (Properties.PermissionsBoundary !== undefined) throw new Error(`The boundary of ${role} is not in the template.`);
  const attached = (Properties.ManagedPolicyArns ?? []) as readonly (Reference | string)[];
  const managed = attached.map((one) => {
    const policy = typeof one === 'string' ? undefined : template.Resources[one.Ref];
    if (policy === undefined) throw new Error(`The policy ${JSON.stringify(one)} of ${role} is not in the template.`);
    return policy.Properties.PolicyDocument as Document;
  });
  const own = (Properties.Policies ?? []) as readonly { readonly PolicyDocument: Document }[];
  const others = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']
    .flatMap((type) => ofType(template, type))
    .filter(({ Properties: { Roles } }) => ((Roles ?? []) as readonly Reference[]).some(({ Ref }) => Ref === role))
    .map(({ Properties: { PolicyDocument } }) => PolicyDocument as Document);
  const documents = [...own.map(({ PolicyDocument }) => PolicyDocument), ...managed, ...others];
  const statements = documents.flatMap(({ Statement }) => intrinsics.resolve(Statement) as readonly Statement[]);
  return { statements, boundary: null };
}
