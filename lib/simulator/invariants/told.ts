import type { Message } from '../../../lambdas/model/message.ts';

/** What a message says of one incident, as those who get it read it. */
export type ToldOf = { readonly incident: string; readonly status: string; readonly headline: string };

const inSummary = /^(.+)\n {2}\w+, (\w+), (\S+)$/gm;

/** A summary says it below the incident's headline, any other message in its fields. */
export function toldIn({ kind, subject, body, dedupKey, status }: Message): readonly ToldOf[] {
  if (kind !== 'summary') return dedupKey.split(',').map((incident) => ({ incident, status, headline: subject }));
  return [...body.matchAll(inSummary)].map(([, headline = '', said = '', incident = '']) => ({
    incident,
    status: said,
    headline,
  }));
}
