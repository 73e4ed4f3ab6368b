import type { Gap } from '../harness/account.ts';
import { jsonIn, jsonReply } from '../harness/replies.ts';

type Result = {
  readonly Id: string;
  readonly StatusCode: string;
  readonly Timestamps: readonly number[];
  readonly Values: readonly number[];
};

/**
 * GetMetricData in pages of so many datapoints: moto gives everything at once. A metric that goes on is `PartialData`, and a
 * token is good for the page after it alone
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html).
 */
export class MetricPages implements Gap {
  readonly operations = ['monitoring.GetMetricData'];
  readonly because = 'percentile statistics, pages of datapoints';
  /** Null: everything on one page. */
  size: number | null = null;
  readonly #inner: Gap;
  readonly #kept = new Map<string, readonly Result[]>();

  /** `inner` fills what else moto lacks in GetMetricData. */
  constructor(inner: Gap) {
    this.#inner = inner;
    this.operations = [...new Set([...this.operations, ...inner.operations])];
  }

  readonly answer: Gap['answer'] = async (asked, forward) => {
    if (this.size === null || asked.operation !== 'monitoring.GetMetricData') return this.#inner.answer(asked, forward);
    const { NextToken: token } = asked.body as { NextToken?: string };
    if (token === undefined) {
      const reply = (await this.#inner.answer(asked, forward)) ?? (await forward());
      return reply.status === 200 ? this.#page(jsonIn(reply).MetricDataResults as Result[], this.size) : reply;
    }
    const rest = this.#kept.get(token);
    if (rest === undefined)
      return jsonReply({ __type: 'InvalidNextToken', message: 'The next token specified is invalid.' }, 400);
    this.#kept.delete(token);
    return this.#page(rest, this.size);
  };

  #page(results: readonly Result[], size: number) {
    let room = size;
    const rest: Result[] = [];
    const page = results.flatMap((result) => {
      const taken = Math.min(room, result.Values.length);
      room -= taken;
      if (taken === result.Values.length) return [result];
      rest.push(part(result, taken, result.Values.length));
      return taken === 0 ? [] : [{ ...part(result, 0, taken), StatusCode: 'PartialData' }];
    });
    if (rest.length === 0) return jsonReply({ MetricDataResults: page });
    const NextToken = `page-${this.#kept.size + 1}-${rest.length}`;
    this.#kept.set(NextToken, rest);
    return jsonReply({ MetricDataResults: page, NextToken });
  }
}

const part = (result: Result, from: number, until: number): Result => ({
  ...result,
  Timestamps: result.Timestamps.slice(from, until),
  Values: result.Values.slice(from, until),
});
