import type { Account } from '../harness/account.ts';
import { completers } from './completers.ts';
import type { Maker, Site } from './makers/maker.ts';
import { makerOf } from './makers/makers.ts';
import { MotoStack } from './moto-stack.ts';
import { type Made, type Properties, type Resource, type Template, withValues } from './template.ts';
import { nextWave } from './waves.ts';

/** A resource the harness has created, with what it was created from. */
type Kept = Made & { readonly resource: Resource; readonly properties: Properties; readonly maker: Maker };

/**
 * One stack as CloudFormation would have it: what moto's CloudFormation knows is left to it, the rest is created from the
 * properties of the template, in the order in which resources need each other.
 */
export class DeployedStack {
  readonly #account: Account;
  readonly #moto: MotoStack;
  /** What moto holds, as it was sent to it. */
  readonly held = new Map<string, Resource>();
  /** What the harness has created, in the order of creation. */
  readonly #made = new Map<string, Kept>();
  readonly #completed = new Map<string, string>();
  #id = '';
  #template: Template = { Resources: {} };

  constructor(account: Account, name: string) {
    this.#account = account;
    this.#moto = new MotoStack(account, name);
  }

  get template(): Template {
    return this.#template;
  }

  /** Logical id → physical id of everything in the stack. */
  async resources(): Promise<ReadonlyMap<string, string>> {
    const made = [...this.#made].map(([id, { ref }]) => [id, ref] as const);
    return new Map([...(await this.#moto.resources()), ...made]);
  }

  async deploy(template: Template): Promise<void> {
    this.#id = await this.#moto.id();
    const { Resources, ...rest } = template;
    const pending = new Map(Object.entries(Resources));
    while (pending.size > 0) await this.#deployWave(rest, pending);
    await this.#drop(rest, Resources);
    await this.#accountFor(Resources);
    this.#template = template;
  }

  /** Deletes what the harness has created; what moto holds is for moto to delete. */
  async delete(): Promise<void> {
    for (const [id, kept] of [...this.#made].reverse()) await this.#delete(id, kept);
  }

  /** Creates a resource once more from what it was created from, as CloudFormation does when it repeats a request. */
  async recreate(logicalId: string): Promise<void> {
    const kept = this.#made.get(logicalId);
    if (kept === undefined) throw new Error(`The harness has not created ${logicalId}.`);
    await kept.maker.create(kept.properties, this.#site(logicalId));
  }

  async #deployWave(rest: object, pending: Map<string, Resource>): Promise<void> {
    const { byMoto, byHarness } = nextWave(pending);
    const values: Record<string, unknown> = {};
    for (const id of byMoto) {
      const resource = this.#forMoto(pending.get(id) as Resource);
      this.held.set(id, resource);
      const ignored = ignoredOf(resource);
      if (ignored !== undefined) values[id] = ignored;
    }
    for (const id of byHarness) values[id] = withValues(pending.get(id)?.Properties ?? {}, this.#made);
    const resolved = await this.#moto.update(rest, this.held, values);
    for (const id of byMoto) if (id in values) await this.#complete(id, resolved[id] as Properties);
    for (const id of byHarness) await this.#make(id, pending.get(id) as Resource, resolved[id] as Properties);
    for (const id of [...byMoto, ...byHarness]) pending.delete(id);
  }

  /** The resource with the values of what the harness has created. */
  #forMoto(resource: Resource): Resource {
    const DependsOn = [resource.DependsOn ?? []].flat().filter((id) => !this.#made.has(id));
    return { ...resource, DependsOn, Properties: withValues(resource.Properties ?? {}, this.#made) as Properties };
  }

  async #complete(id: string, properties: Properties): Promise<void> {
    const text = JSON.stringify(properties);
    if (this.#completed.get(id) === text) return;
    await completers[this.held.get(id)?.Type ?? '']?.complete(properties, this.#site(id));
    this.#completed.set(id, text);
  }

  async #make(id: string, resource: Resource, properties: Properties): Promise<void> {
    const maker = makerOf(resource.Type) as Maker;
    const was = this.#made.get(id);
    const same = (names: readonly string[]) => names.every((name) => equal(was?.properties[name], properties[name]));
    if (was !== undefined && equal(was.properties, properties)) return;
    const inPlace = was !== undefined && maker.update !== undefined && same(maker.identity);
    const made = inPlace
      ? await maker.update(properties, was, this.#site(id))
      : await maker.create(properties, this.#site(id));
    this.#made.set(id, { ...made, resource, properties, maker });
    if (was !== undefined && !inPlace) await this.#delete(id, was);
  }

  /** Removes what the template no longer has; what is to be retained stays. */
  async #drop(rest: object, resources: Template['Resources']): Promise<void> {
    for (const [id, kept] of [...this.#made].reverse())
      if (resources[id] === undefined) {
        await this.#delete(id, kept);
        this.#made.delete(id);
      }
    for (const [id, { DeletionPolicy }] of this.held)
      if (resources[id] === undefined && DeletionPolicy !== 'Retain') this.held.delete(id);
    await this.#moto.update(rest, this.held, {});
  }

  async #delete(id: string, { resource, maker, properties, ...made }: Kept): Promise<void> {
    if (resource.DeletionPolicy !== 'Retain') await maker.delete(made, properties, this.#site(id));
  }

  /** moto passes over a type it doesn't know and says the stack is complete. */
  async #accountFor(resources: Template['Resources']): Promise<void> {
    const there = await this.resources();
    const missing = Object.entries(resources).filter(([id]) => !there.has(id));
    if (missing.length > 0)
      throw new Error(`Nobody created ${missing.map(([id, { Type }]) => `${id} (${Type})`).join(', ')}.`);
  }

  #site(logicalId: string): Site {
    return { account: this.#account, stackId: this.#id, logicalId };
  }
}

/** The properties that moto's CloudFormation passes over, with those that name the resource. */
function ignoredOf({ Type, Properties = {} }: Resource): Properties | undefined {
  const completer = completers[Type];
  if (completer === undefined) return undefined;
  const wanted = [...completer.names, ...completer.properties];
  return Object.fromEntries(Object.entries(Properties).filter(([name]) => wanted.includes(name)));
}

const equal = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
