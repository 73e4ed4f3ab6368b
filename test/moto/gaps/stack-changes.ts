import type { Forward, Gap, Reply } from '../harness/account.ts';
import type { Asked } from '../harness/asked.ts';
import { xmlReply } from '../harness/replies.ts';

/** Stacks that take a while to be changed: in moto they are done at once. */
export class StackChanges implements Gap {
  readonly operations = ['cloudformation.DescribeStacks'];
  readonly because = 'stacks that are being changed';
  readonly #statuses = new Map<string, string>();

  /** The stack of that name is in that state from now on; null: moto's own. */
  set(stack: string, status: string | null): void {
    if (status === null) this.#statuses.delete(stack);
    else this.#statuses.set(stack, status);
  }

  readonly answer = async ({ body }: Asked, forward: Forward): Promise<Reply | undefined> => {
    const { StackName = '' } = body as Readonly<Record<string, string>>;
    const status = this.#statuses.get(StackName);
    const reply = await forward();
    if (status === undefined || reply.status !== 200) return reply;
    const text = reply.body.toString('utf8');
    return xmlReply(text.replace(/<StackStatus>[^<]*</, `<StackStatus>${status}<`));
  };
}
