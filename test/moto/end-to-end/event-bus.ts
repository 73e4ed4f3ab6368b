import { askJson } from '../deploy/ask.ts';
import type { DeployedRule } from '../deploy/installation.ts';
import type { Account } from '../harness/account.ts';
import { Queue } from './queue.ts';

/** An event as its source sends it. */
export type BusEvent = {
  readonly source: string;
  readonly 'detail-type': string;
  readonly resources: readonly string[];
  readonly detail: object;
};

/** What a rule let through, as its target gets it. */
export type Delivery = { readonly rule: string; readonly target: string; readonly event: unknown };

type Target = { readonly Id: string; readonly Arn: string };
type Route = { readonly rule: string; readonly target: string; readonly queue: Queue };

/**
 * The account's event bus with the rules as they were deployed. Only where they lead to is replaced by queues, since moto
 * fails at a rule whose target is a function; input transformers stay.
 */
export class EventBus {
  readonly #account: Account;
  readonly #routes: readonly Route[];

  private constructor(account: Account, routes: readonly Route[]) {
    this.#account = account;
    this.#routes = routes;
  }

  static async with(account: Account, rules: readonly DeployedRule[]): Promise<EventBus> {
    await withoutSchedules(account);
    const routes = [];
    for (const { name } of rules) routes.push(...(await redirected(account, name)));
    return new EventBus(account, routes);
  }

  /** Puts an event on the bus; answers what the rules let through. */
  async put({ source, 'detail-type': DetailType, resources, detail }: BusEvent): Promise<readonly Delivery[]> {
    const entry = { Source: source, DetailType, Resources: resources, Detail: JSON.stringify(detail) };
    const { FailedEntryCount } = await events<{ FailedEntryCount: number }>(this.#account, 'PutEvents', {
      Entries: [entry],
    });
    if (FailedEntryCount > 0) throw new Error(`The bus refuses the event ${JSON.stringify(entry)}.`);
    const delivered = await Promise.all(
      this.#routes.map(async ({ queue, ...route }) =>
        (await queue.take()).map((body) => ({ ...route, event: JSON.parse(body) as unknown })),
      ),
    );
    return delivered.flat();
  }
}

/** moto takes a rule with a schedule for one that every event matches. */
async function withoutSchedules(account: Account): Promise<void> {
  type Rule = { readonly Name: string; readonly EventPattern?: string };
  const { Rules } = await events<{ Rules: readonly Rule[] }>(account, 'ListRules', {});
  for (const { Name: Rule } of Rules.filter(({ EventPattern }) => EventPattern === undefined)) {
    const { Targets } = await events<{ Targets: readonly Target[] }>(account, 'ListTargetsByRule', { Rule });
    await events(account, 'RemoveTargets', { Rule, Ids: Targets.map(({ Id }) => Id) });
  }
}

async function redirected(account: Account, rule: string): Promise<readonly Route[]> {
  const { Targets } = await events<{ Targets: readonly Target[] }>(account, 'ListTargetsByRule', { Rule: rule });
  const routes: Route[] = [];
  for (const [n, target] of Targets.entries()) {
    const queue = await Queue.create(account, `let-through-${rule.replaceAll('.', '-')}-${n}`);
    await events(account, 'PutTargets', { Rule: rule, Targets: [{ ...target, Arn: queue.arn }] });
    routes.push({ rule, target: target.Arn, queue });
  }
  return routes;
}

const events = <T>(account: Account, operation: string, body: object): Promise<T> =>
  askJson(account, 'stage', 'events', `AWSEvents.${operation}`, body);
