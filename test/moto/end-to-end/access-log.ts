import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Account } from '../harness/account.ts';

/** One request as the task that served it logs it. */
export type Line = {
  readonly task: string;
  readonly at: number;
  readonly status: number;
  readonly milliseconds: number;
};

/** The log group of a service, with a stream per task as the awslogs driver names it. */
export class AccessLog {
  readonly name: string;
  readonly #logs: CloudWatchLogsClient;
  readonly #streams = new Set<string>();

  private constructor(name: string, logs: CloudWatchLogsClient) {
    this.name = name;
    this.#logs = logs;
  }

  static async create(account: Account, name: string): Promise<AccessLog> {
    const logs = new CloudWatchLogsClient(account.client('service'));
    await logs.send(new CreateLogGroupCommand({ logGroupName: name }));
    return new AccessLog(name, logs);
  }

  async write(lines: readonly Line[]): Promise<void> {
    for (const task of new Set(lines.map((line) => line.task)))
      await this.#writeOf(
        task,
        lines.filter((line) => line.task === task),
      );
  }

  async #writeOf(task: string, lines: readonly Line[]): Promise<void> {
    const stream = { logGroupName: this.name, logStreamName: `ecs/app/${task.slice(task.lastIndexOf('/') + 1)}` };
    if (!this.#streams.has(task)) await this.#logs.send(new CreateLogStreamCommand(stream));
    this.#streams.add(task);
    const logEvents = lines.map(({ at, status, milliseconds }) => ({
      timestamp: at,
      message: JSON.stringify({ status, duration_ms: milliseconds }),
    }));
    await this.#logs.send(new PutLogEventsCommand({ ...stream, logEvents }));
  }
}
