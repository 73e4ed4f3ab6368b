import type { Account, Forward, Gap, Reply } from '../harness/account.ts';
import type { Asked } from '../harness/asked.ts';
import { xmlReply } from '../harness/replies.ts';
import { object } from './ask.ts';
import { DeployedStack } from './deployed-stack.ts';
import { cloudFormation } from './makers/maker.ts';
import { motoText } from './moto-stack.ts';
import type { Template } from './template.ts';

type Form = Readonly<Record<string, string>>;

/**
 * CloudFormation for `cdk deploy` and `cdk destroy`: moto's own, which skips the types it doesn't know without a word, and
 * the harness for those. It hears of templates by change sets, as the CDK command line sends them.
 */
export class CloudFormation {
  readonly stacks = new Map<string, DeployedStack>();
  readonly #account: Account;
  readonly #changeSets = new Map<string, Template>();

  constructor(account: Account) {
    this.#account = account;
  }

  get gap(): Gap {
    return {
      operations: [
        'CreateChangeSet',
        'DescribeChangeSet',
        'DeleteChangeSet',
        'ExecuteChangeSet',
        'GetTemplate',
        'DeleteStack',
      ].map((action) => `cloudformation.${action}`),
      because: 'it skips the resource types it does not know; the harness creates those with the SDK',
      answer: (asked, forward) => this.#answer(asked, forward),
    };
  }

  async #answer({ operation, body }: Asked, forward: Forward): Promise<Reply | undefined> {
    const form = body as Form;
    // A stack is called by its name, or by `arn:…:stack/NAME/ID`.
    const name = form.StackName?.split('/')[1] ?? form.StackName ?? '';
    // What `cdk bootstrap` makes is AWS's, not ours.
    if (name === 'CDKToolkit') return undefined;
    switch (operation) {
      case 'cloudformation.CreateChangeSet':
        return this.#createChangeSet(name, form, forward);
      case 'cloudformation.ExecuteChangeSet':
        return this.#executeChangeSet(name, form, forward);
      case 'cloudformation.DescribeChangeSet':
        return this.#describeChangeSet(form, forward);
      case 'cloudformation.DeleteChangeSet':
        return this.#deleteChangeSet(form, forward);
      case 'cloudformation.DeleteStack':
        return this.#deleteStack(name, forward);
      default:
        return this.#getTemplate(name);
    }
  }

  /** The change set in moto changes nothing: resources come when it is executed. */
  async #createChangeSet(name: string, form: Form, forward: Forward): Promise<Reply> {
    const { TemplateURL, TemplateBody, ...rest } = form;
    const template = JSON.parse(TemplateBody ?? (await this.#templateAt(TemplateURL ?? ''))) as Template;
    this.#changeSets.set(name, template);
    const Resources = Object.fromEntries(this.stacks.get(name)?.held ?? []);
    // moto takes the value a parameter had for the name of the SSM parameter; without it, it looks the name up again.
    const others = Object.fromEntries(Object.entries(rest).filter(([key]) => !key.startsWith('Parameters.')));
    return forward(text({ ...named(others), TemplateBody: motoText({ ...template, Resources }) }));
  }

  /** Of a change set that is gone moto says ValidationError. */
  async #describeChangeSet(form: Form, forward: Forward): Promise<Reply> {
    const reply = await forward(text(named(form)));
    return reply.status === 200 ? reply : refusal('ChangeSet does not exist.', 'ChangeSetNotFound', 404);
  }

  /** Deleting one that is gone is fine with AWS, and breaks moto. */
  async #deleteChangeSet(form: Form, forward: Forward): Promise<Reply> {
    const reply = await forward(text(named(form)));
    if (reply.status !== 500) return reply;
    return xmlReply('<DeleteChangeSetResponse><DeleteChangeSetResult/></DeleteChangeSetResponse>');
  }

  async #executeChangeSet(name: string, form: Form, forward: Forward): Promise<Reply> {
    const template = this.#changeSets.get(name);
    if (template === undefined) return refusal(`ChangeSet of ${name} does not exist.`);
    const executed = await forward(text(named(form)));
    if (executed.status !== 200) return executed;
    const stack = this.stacks.get(name) ?? new DeployedStack(this.#account, name);
    this.stacks.set(name, stack);
    try {
      await stack.deploy(template);
      return executed;
    } catch (error) {
      return refusal(error instanceof Error ? error.message : String(error));
    }
  }

  async #deleteStack(name: string, forward: Forward): Promise<Reply> {
    try {
      await this.stacks.get(name)?.delete();
      const reply = await forward();
      if (reply.status === 200) this.stacks.delete(name);
      return reply;
    } catch (error) {
      return refusal(error instanceof Error ? error.message : String(error));
    }
  }

  #getTemplate(name: string): Reply | undefined {
    const stack = this.stacks.get(name);
    if (stack === undefined) return undefined;
    const body = `<TemplateBody>${escaped(JSON.stringify(stack.template))}</TemplateBody>`;
    return xmlReply(
      `<GetTemplateResponse><GetTemplateResult>${body}</GetTemplateResult><ResponseMetadata/></GetTemplateResponse>`,
    );
  }

  /** The template that the CDK command line has put into the assets' bucket: `https://…/BUCKET/KEY` or `https://BUCKET.s3.…/KEY`. */
  async #templateAt(url: string): Promise<string> {
    const { hostname, pathname } = new URL(url);
    const path = pathname.slice(1);
    const [inPath = ''] = path.split('/');
    const bucket = hostname.includes('.s3.') ? (hostname.split('.')[0] ?? '') : inPath;
    const key = bucket === inPath ? path.slice(inPath.length + 1) : path;
    return (await object(this.#account, cloudFormation, bucket, key)).toString('utf8');
  }
}

/** moto tells change sets apart by their names alone, and the CDK command line gives the same to those of all stacks. */
function named(form: Form): Form {
  const { ChangeSetName = '', StackName = '' } = form;
  return ChangeSetName.startsWith('arn:') ? form : { ...form, ChangeSetName: `${ChangeSetName}-${StackName}` };
}

const text = (form: Form): string => new URLSearchParams(form).toString();

const refusal = (message: string, code = 'ValidationError', status = 400): Reply =>
  xmlReply(
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error></ErrorResponse>`,
    status,
  );

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
