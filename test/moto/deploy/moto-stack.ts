import type { Account } from '../harness/account.ts';
import { askQuery, elements } from './ask.ts';
import { cloudFormation } from './makers/maker.ts';
import type { Resource, Template } from './template.ts';

/**
 * The text of a template, as moto takes it. The tab makes its YAML parser, which needs seconds for a large template, give
 * way to the JSON parser at once.
 */
export const motoText = (template: object): string => `\t${JSON.stringify(template)}`;

/** The part of a stack that moto's CloudFormation holds. */
export class MotoStack {
  readonly #account: Account;
  readonly #name: string;

  constructor(account: Account, name: string) {
    this.#account = account;
    this.#name = name;
  }

  /** Updates the stack, and reads these values with everything in them resolved. */
  async update(
    template: Omit<Template, 'Resources'>,
    resources: ReadonlyMap<string, Resource>,
    values: Readonly<Record<string, unknown>>,
  ): Promise<Readonly<Record<string, unknown>>> {
    const Outputs = Object.fromEntries(
      Object.entries(values).map(([id, value]) => [id, { Value: { 'Fn::ToJsonString': value } }]),
    );
    const body = { ...template, Resources: Object.fromEntries(resources), Outputs };
    await this.#ask('UpdateStack', { TemplateBody: motoText(body) });
    const xml = await this.#ask('DescribeStacks');
    const [keys, texts] = [elements(xml, 'OutputKey'), elements(xml, 'OutputValue')];
    return Object.fromEntries(keys.map((key, index) => [key, JSON.parse(texts[index] ?? '')]));
  }

  async id(): Promise<string> {
    return elements(await this.#ask('DescribeStacks'), 'StackId')[0] ?? '';
  }

  /** Logical id → physical id of what moto says is in the stack. */
  async resources(): Promise<ReadonlyMap<string, string>> {
    const found = elements(await this.#ask('DescribeStackResources'), 'member').map(
      (one) => [elements(one, 'LogicalResourceId')[0] ?? '', elements(one, 'PhysicalResourceId')[0] ?? ''] as const,
    );
    return new Map(found);
  }

  #ask(action: string, parameters: Readonly<Record<string, string>> = {}): Promise<string> {
    return askQuery(this.#account, cloudFormation, 'cloudformation', action, { StackName: this.#name, ...parameters });
  }
}
