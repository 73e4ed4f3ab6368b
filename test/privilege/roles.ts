import type { RoleName } from '../../lib/constructs/permission-matrix.ts';
import { ofType, type Resource, type Template } from '../stacks/synthesized.ts';
import type { Role, Statement } from './policy.ts';

/** The policies of every role, as the template has them. */
export type DeployedRoles = Readonly<Record<RoleName, Role>>;

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
function policiesOf(template: Template, role: string, intrinsics: Intrinsics): Role {
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
  return documents.flatMap(({ Statement }) => intrinsics.resolve(Statement) as readonly Statement[]);
}

/** Where the stack is, for what CloudFormation fills in. */
export type Place = { readonly partition: string; readonly region: string; readonly account: string };

/**
 * Makes the values of a template concrete, as CloudFormation would. What has no name of its own is called as `nameOf` says:
 * by its logical id, unless it was really deployed.
 */
export class Intrinsics {
  readonly #template: Template;
  readonly #place: Place;
  readonly #nameOf: (id: string) => string;

  constructor(template: Template, place: Place, nameOf = (id: string): string => id) {
    this.#template = template;
    this.#place = place;
    this.#nameOf = nameOf;
  }

  /** The value with every reference in it resolved. */
  resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.resolve(one));
    if (typeof value !== 'object' || value === null) return value;
    const [[name, argument] = ['', undefined], ...more] = Object.entries(value);
    if (more.length === 0 && (name === 'Ref' || name.startsWith('Fn::'))) return this.#called(name, argument);
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.resolve(one)]));
  }

  text(value: unknown): string {
    const text = this.resolve(value);
    if (typeof text !== 'string') throw new Error(`Not a text: ${JSON.stringify(value)}`);
    return text;
  }

  arnOf(id: string): string {
    const { Type, Properties } = this.#resource(id);
    const name = (property: string) =>
      Properties[property] === undefined ? this.#nameOf(id) : this.text(Properties[property]);
    switch (Type) {
      case 'AWS::Lambda::Function':
        return this.#arn('lambda', `function:${name('FunctionName')}`);
      case 'AWS::Lambda::Version':
        return `${this.#functionArn(Properties.FunctionName)}:7`;
      case 'AWS::Lambda::Alias':
        return `${this.#functionArn(Properties.FunctionName)}:${name('Name')}`;
      case 'AWS::DynamoDB::Table':
        return this.#arn('dynamodb', `table/${name('TableName')}`);
      case 'AWS::KMS::Key':
        return this.#arn('kms', `key/${this.#nameOf(id)}`);
      case 'AWS::SQS::Queue':
        return this.#arn('sqs', name('QueueName'));
      case 'AWS::SNS::Topic':
        return this.#arn('sns', name('TopicName'));
      // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html
      case 'AWS::Logs::LogGroup':
        return this.#arn('logs', `log-group:${name('LogGroupName')}:*`);
      default:
        throw new Error(`No test knows the ARN of ${Type} (${id}).`);
    }
  }

  #called(name: string, argument: unknown): unknown {
    if (name === 'Ref') return this.#reference(String(argument));
    if (name === 'Fn::Join') {
      const [separator, parts] = argument as [string, unknown[]];
      return parts.map((part) => this.text(part)).join(separator);
    }
    if (name === 'Fn::GetAtt') {
      const [id, attribute] = argument as [string, string];
      if (attribute === 'Arn') return this.arnOf(id);
    }
    throw new Error(`No test resolves ${name} ${JSON.stringify(argument)}.`);
  }

  #reference(id: string): string {
    const { partition, region, account } = this.#place;
    const pseudo: Readonly<Record<string, string>> = {
      'AWS::Partition': partition,
      'AWS::Region': region,
      'AWS::AccountId': account,
    };
    const known = pseudo[id];
    if (known !== undefined) return known;
    const { Type, Properties } = this.#resource(id);
    if (Type === 'AWS::DynamoDB::Table') return this.text(Properties.TableName);
    if (Type === 'AWS::ApiGatewayV2::Api') return this.#nameOf(id);
    return Type === 'AWS::Lambda::Function' ? (this.arnOf(id).split(':').at(-1) ?? '') : this.arnOf(id);
  }

  /** A version or an alias names its function by its ARN, or by a reference, which is its name. */
  #functionArn(name: unknown): string {
    const text = this.text(name);
    return text.startsWith('arn:') ? text : this.#arn('lambda', `function:${text}`);
  }

  #arn(service: string, resource: string): string {
    const { partition, region, account } = this.#place;
    return `arn:${partition}:${service}:${region}:${account}:${resource}`;
  }

  #resource(id: string): Resource {
    const found = this.#template.Resources[id];
    if (found === undefined) throw new Error(`The template has no resource ${id}.`);
    return found;
  }
}
