import type { Ignored, Signal } from '../../model/signal.ts';
import { type Fields, fieldsOf, textOf } from './fields.ts';
import type { Routes } from './routes.ts';

/** The envelope of every EventBridge event. */
export type Envelope = {
  readonly source: string;
  readonly type: string;
  readonly resources: readonly string[];
  readonly detail: Fields;
};

/** Reads the events of one source, one file each; `undefined` when the event is not of that source. */
export type EventFamily = (envelope: Envelope, routes: Routes) => Signal | Ignored | undefined;

/** `undefined` when this is no EventBridge event. */
export function envelopeOf(event: unknown): Envelope | undefined {
  const fields = fieldsOf(event);
  const source = textOf(fields?.source);
  const type = textOf(fields?.['detail-type']);
  const detail = fieldsOf(fields?.detail);
  if (source === undefined || type === undefined || detail === undefined) return undefined;
  const resources = fields?.resources;
  return {
    source,
    type,
    detail,
    resources: Array.isArray(resources) ? resources.flatMap((each) => textOf(each) ?? []) : [],
  };
}
